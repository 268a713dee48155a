import { type EnrolledKey, enrolKey, KEYS_FILE, revokeKey, shortKey } from '../../core/signing/enrolled.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { openRepository } from '../../host/node/git.ts'
import { git } from '../../host/node/git-run.ts'
import { enrolledIn, writeEnrolled } from '../../host/node/keys/enrolment.ts'
import { makeKey, type OwnKey, ownKeys, userKeys } from '../../host/node/keys/store.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Call, type Command, type Outcome } from '../frame.ts'
import { table } from '../table.ts'

export const keys: Command = {
  takes: ['[new|enrol|list|revoke]', '[ID]'],
  options: {
    name: { value: 'NAME', help: 'enrol: the person, as the ledger names them; default: user.name of git.' },
    email: { value: 'ADDRESS', help: 'enrol: as their commits name them; default: user.email of git.' },
    role: { value: 'ROLE', many: true, help: 'enrol: what they may answer as; may be given more than once; default reviewer.' },
    public: { value: 'BASE64', help: 'enrol: the public key of somebody else, as their keys new printed it.' },
    reason: { value: 'TEXT', help: 'revoke: why.' },
    since: { value: 'TIME', help: 'revoke: nothing entered after this instant counts; default now.' },
  },
  async run(call) {
    const [word = 'list'] = call.args
    const deed = Object.hasOwn(DEEDS, word) ? DEEDS[word] : undefined
    if (deed) return deed(call)
    return refuse({
      code: 'keys.word',
      message: `keys does not know "${word}".`,
      cure: 'skeptic keys new, enrol, list or revoke ID',
    })
  },
}

const DEEDS: Readonly<Record<string, (call: Call) => Promise<Result<Outcome>>>> = { new: make, enrol, list, revoke }

async function make(): Promise<Result<Outcome>> {
  const made = await makeKey()
  if (!made.ok) return made
  const { id, publicKey, encrypted } = made.value
  const guarded = encrypted
    ? 'encrypted with the passphrase in SKEPTIC_KEY_PASSPHRASE'
    : 'not encrypted: set SKEPTIC_KEY_PASSPHRASE before, to have it so'
  return answer(
    { keys: [made.value] },
    [
      `Key ${shortKey(id)}, ${guarded}.`,
      `Private half: ${userKeys.place}. It never leaves this machine.`,
      `Public half:  ${publicKey}`,
      'It counts once a design enrols it: skeptic keys enrol',
    ].join('\n'),
  )
}

async function enrol({ args, options, world }: Call): Promise<Result<Outcome>> {
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const { folder } = opened.value
  const enrolled = enrolledIn(folder)
  if (!enrolled.ok) return enrolled
  const given = options.text('public')
  const publicKey = given === undefined ? await ownPublicKey(args[1], enrolled.value) : ok(given)
  if (!publicKey.ok) return publicKey
  const person = await personOf(options, world.cwd)
  if (!person.ok) return person
  const roles = options.many('role')
  const row = {
    ...person.value,
    roles: roles.length > 0 ? [...new Set(roles)].sort() : ['reviewer'],
    publicKey: publicKey.value,
    enrolledAt: world.at,
  }
  const now = enrolKey(enrolled.value, row)
  if (!now.ok) return now
  const written = await writeEnrolled(folder, now.value)
  if (!written.ok) return written
  const key = now.value.find(one => one.publicKey === row.publicKey)
  const first =
    enrolled.value.length === 0
      ? ['It is the first: until a commit with it is the base of a change, nothing counts as signed.']
      : []
  return answer(
    { keys: key ? [key] : [] },
    [
      `${row.name} <${row.email}> is enrolled as ${row.roles.join(', ')}, key ${shortKey(key?.id ?? '')}.`,
      `Commit ${KEYS_FILE}: signatures count for changes that start from that commit.`,
      ...first,
    ].join('\n'),
  )
}

/** The one pair of this person, or the one that is named; a pair that is enrolled already needs no choice. */
async function ownPublicKey(wanted: string | undefined, enrolled: readonly EnrolledKey[]): Promise<Result<string>> {
  const own = await ownKeys()
  if (!own.ok) return own
  const start = wanted?.replace(/^sha256:/, '')
  const open = own.value.filter(({ id }) =>
    start === undefined ? !enrolled.some(key => key.id === id) : id.slice(7).startsWith(start),
  )
  const [only] = open
  if (only && open.length === 1) return ok(only.publicKey)
  if (only)
    return refuse({
      code: 'keys.several',
      message: `You have several keys: ${open.map(({ id }) => shortKey(id)).join(', ')}.`,
      cure: 'Name one: skeptic keys enrol ID',
    })
  return refuse({
    code: 'keys.none',
    message: wanted === undefined ? 'You have no key that is not enrolled yet.' : `You have no key ${wanted}.`,
    cure: 'Make one: skeptic keys new. For somebody else: --public with what their keys new printed.',
  })
}

async function personOf(
  options: Call['options'],
  cwd: string,
): Promise<Result<{ readonly name: string; readonly email: string }>> {
  const name = options.text('name') ?? (await gitSays('user.name', cwd))
  const email = options.text('email') ?? (await gitSays('user.email', cwd))
  if (name !== undefined && email !== undefined) return ok({ name, email })
  return refuse({
    code: 'keys.person',
    message: 'Nobody says whose key this is.',
    cure: 'skeptic keys enrol --name NAME --email ADDRESS, as their commits name them',
  })
}

async function gitSays(setting: string, cwd: string): Promise<string | undefined> {
  const opened = await openRepository(cwd)
  const asked = opened.kind === 'repository' ? await git(cwd, ['config', '--get', setting]) : undefined
  const said = asked?.code === 0 ? asked.out.toString().trim() : ''
  return said === '' ? undefined : said
}

async function list({ world }: Call): Promise<Result<Outcome>> {
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const enrolled = enrolledIn(opened.value.folder)
  if (!enrolled.ok) return enrolled
  const own = await ownKeys()
  if (!own.ok) return own
  const isOwn = (id: string) => own.value.some(key => key.id === id)
  const rows = enrolled.value.map(key => [
    shortKey(key.id),
    key.name,
    key.email,
    key.roles.join(', '),
    key.revokedAt === undefined ? 'in force' : `revoked ${key.revokedAt}`,
    isOwn(key.id) ? 'here' : '',
  ])
  const loose = own.value.filter(({ id }) => !enrolled.value.some(key => key.id === id))
  const lines = [
    rows.length === 0 ? 'The design enrols no key, so nothing in it is signed.' : table(HEAD, rows),
    ...loose.map(({ id }) => `Yours and not enrolled: ${shortKey(id)}`),
  ]
  return answer({ keys: enrolled.value.map(key => ({ ...key, here: isOwn(key.id) })), own: loose.map(idsOnly) }, lines.join('\n'))
}

const HEAD = ['key', 'person', 'address', 'roles', 'state', 'private half']

function idsOnly({ id, publicKey }: OwnKey) {
  return { id, publicKey }
}

async function revoke({ args, options, world }: Call): Promise<Result<Outcome>> {
  const [, id] = args
  if (id === undefined)
    return refuse({ code: 'keys.unknown', message: 'keys revoke needs an ID.', cure: 'skeptic keys list names them.' })
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const { folder } = opened.value
  const enrolled = enrolledIn(folder)
  if (!enrolled.ok) return enrolled
  const [reason, since] = [options.text('reason'), options.text('since') ?? world.at]
  const now = revokeKey(enrolled.value, id, { at: since, ...(reason === undefined ? {} : { reason }) })
  if (!now.ok) return now
  const written = await writeEnrolled(folder, now.value)
  if (!written.ok) return written
  const key = now.value.find((one, i) => one !== enrolled.value[i])
  return answer(
    { keys: key ? [key] : [] },
    `The key ${shortKey(key?.id ?? '')} of ${key?.name} vouches for nothing entered after ${key?.revokedAt}. Commit ${KEYS_FILE}.`,
  )
}
