import { deriveChecklist } from '../../core/checklists/derive.ts'
import { isSamePerson } from '../../core/mitigations/acceptance.ts'
import type { NamedEntry } from '../../core/model/ledger.ts'
import { rowsOf } from '../../core/model/table.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { enrolledIn } from '../../host/node/keys/enrolment.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import type { Opened } from '../design.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command, type Options, type World } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { mustSign } from './sign.ts'

type Writable = Opened & { readonly folder: string }
type Grant = { readonly payload: Readonly<Record<string, unknown>>; readonly first?: NamedEntry }

export const waive: Command = {
  takes: ['[CHECK]'],
  options: {
    reason: { value: 'TEXT', help: 'Why it may be set aside.' },
    until: { value: 'DATE', help: 'The last day it is, as 2027-01-31.' },
    work: { value: 'W', help: 'The work item, where several have this check.' },
    'not-applicable': { help: 'It does not apply here at all, instead of being set aside.' },
    second: { value: 'ENTRY', help: 'Sign what another person proposed: the entry it made.' },
    key: { value: 'ID', help: 'Sign with this key; default: your only one that is enrolled.' },
  },
  async run({ args, options, world }) {
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const signer = await mustSign(folder, options.text('key'))
    if (!signer.ok) return signer
    const second = options.text('second')
    const grant =
      second === undefined ? await proposal(args[0], options, opened.value, world) : await seconded(folder, second, world)
    if (!grant.ok) return grant
    const { payload, first } = grant.value
    if (first) {
      const proposer = personOf(folder, first)
      if (!proposer.ok) return proposer
      const isSame =
        isSamePerson(proposer.value.name, signer.value.name) || isSamePerson(proposer.value.email, signer.value.email)
      if (isSame)
        return refuse({
          code: 'waive.samePerson',
          at: first.hash,
          message: `${signer.value.name} proposed this and cannot also be the second.`,
          cure: 'Another person with an enrolled key signs it.',
        })
    }
    const noted = await noteEntry(
      folder,
      { type: 'waived', payload, design },
      { at: world.at, by: world.by, signer: signer.value },
    )
    if (!noted.ok) return noted
    const { hash } = noted.value
    const next = first
      ? `Two people set ${String(payload.check)} aside until ${String(payload.until)}; it counts unless one of them wrote the change.`
      : `It counts once another person signs: skeptic waive --second ${hash.slice(7, 19)}`
    return answer(
      { entry: hash, check: payload.check, workItem: payload.workItem, until: payload.until },
      `${signer.value.name} signed.\n${next}`,
    )
  },
}

async function proposal(check: string | undefined, options: Options, opened: Writable, world: World): Promise<Result<Grant>> {
  if (check === undefined)
    return refuse({ code: 'waive.check', message: 'No check is named.', cure: 'skeptic waive CHECK --reason TEXT --until DATE' })
  const [reason = '', until = ''] = [options.text('reason')?.trim(), options.text('until')]
  if (reason === '')
    return refuse({
      code: 'waive.reason',
      message: 'A waiver needs a reason.',
      cure: '--reason, in a sentence that a stranger understands',
    })
  if (!isDay(until) || until < world.at.slice(0, 10))
    return refuse({
      code: 'waive.until',
      message: `"${until}" is no day from today on.`,
      cure: '--until with a day, as 2027-01-31',
    })
  const workItem = await workItemOf(check, options.text('work'), opened, world)
  if (!workItem.ok) return workItem
  const kind = options.on('not-applicable') ? 'not-applicable' : 'waived'
  return ok({ payload: { workItem: workItem.value, check, kind, reason, until } })
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

async function workItemOf(
  check: string,
  wanted: string | undefined,
  { design, folder }: Writable,
  world: World,
): Promise<Result<string>> {
  const packs = await allPacks({ folder })
  const having = rowsOf(design.workItems)
    .map(({ id }) => id)
    .filter(id => wanted === undefined || id === wanted)
    .filter(id => {
      const derived = deriveChecklist(design, packs, { workItem: id, at: world.at })
      return derived.ok && derived.value.checks.some(one => one.id === check)
    })
  const [only] = having
  if (only !== undefined && having.length === 1) return ok(only)
  return refuse({
    code: 'waive.unknown',
    at: check,
    message: only === undefined ? 'No checklist holds this check.' : `Several checklists hold it: ${having.join(', ')}.`,
    cure: only === undefined ? 'skeptic checklist W lists the checks.' : 'Name the work item: --work W',
  })
}

async function seconded(folder: string, start: string, world: World): Promise<Result<Grant>> {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const hex = start.replace(/^sha256:/, '')
  const found = ledger.value.entries.filter(({ hash, entry }) => entry.type === 'waived' && hash.slice(7).startsWith(hex))
  const [first] = found
  if (!first || found.length > 1 || hex.length < 6)
    return refuse({
      code: 'waive.entry',
      at: start,
      message: 'No waiver of the ledger has this hash.',
      cure: 'skeptic ledger lists the entries.',
    })
  const { workItem, check, kind, reason, until } = first.entry.payload
  if (typeof until !== 'string' || until < world.at.slice(0, 10))
    return refuse({ code: 'waive.until', at: start, message: 'This waiver has ended.', cure: 'Propose a new one.' })
  return ok({ payload: { workItem, check, kind, reason, until, seconds: first.hash }, first })
}

/** Who proposed it: the owner of the key, for nobody can be sure of a name that is not signed. */
function personOf(folder: string, { hash, entry }: NamedEntry): Result<{ readonly name: string; readonly email: string }> {
  const enrolled = enrolledIn(folder)
  if (!enrolled.ok) return enrolled
  const key = enrolled.value.find(({ id }) => id === entry.signature?.key)
  if (key) return ok(key)
  return refuse({
    code: 'waive.unsigned',
    at: hash,
    message: 'This waiver is not signed, so it never counts.',
    cure: 'Its author proposes it again with an enrolled key.',
  })
}
