import { deriveChecklist } from '../../core/checklists/derive.ts'
import type { NamedEntry } from '../../core/model/ledger.ts'
import { policyOf } from '../../core/model/lookup.ts'
import { rowsOf } from '../../core/model/table.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { daysBetween } from '../../core/verdict/days.ts'
import { MOST_WAIVER_DAYS } from '../../core/verdict/waivers.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { secondOf } from '../../host/node/second-waiver.ts'
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
      second === undefined
        ? await proposal(args[0], options, opened.value, world)
        : await secondOf(folder, { start: second, signer: signer.value, at: world.at })
    if (!grant.ok) return grant
    const { payload, first } = grant.value
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
  const most = policyOf(opened.design).mostWaiverDays ?? MOST_WAIVER_DAYS
  if (daysBetween(world.at, `${until}T00:00:00Z`) > most)
    return refuse({
      code: 'waive.long',
      message: `Until ${until} is longer than the ${most} days that the policy allows; it would never count.`,
      cure: `--until ${new Date(Date.parse(world.at) + Math.floor(most) * 86_400_000).toISOString().slice(0, 10)} at the latest`,
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
