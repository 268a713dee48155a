import type { Mitigation } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, type Item, linksTo, originOf } from '../reading/items.ts'
import { defined, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

/** What a status means here; `kept` when it means less than the file's own word. */
type Meaning = { readonly status: Mitigation['status']; readonly kept?: true }

/** Nothing imported counts as verified, and nothing that somebody merely assumes or suggests counts as done. */
const STATUS: Readonly<Record<string, Meaning>> = {
  active: { status: 'implemented' },
  approved: { status: 'planned', kept: true },
  scheduled: { status: 'planned' },
  assumed: { status: 'planned', kept: true },
  suggested: { status: 'planned', kept: true },
  under_review: { status: 'planned', kept: true },
}

/** Whether somebody decided against the control: then it is no mitigation, and its design keeps the words. */
export function isDropped({ status }: Raw): boolean {
  return status === 'retired' || status === 'wont_do'
}

/** Controls become mitigations of the threats they name. */
export function addControls(building: Building, lists: Lists): void {
  const threats = byName(lists.threats)
  for (const control of lists.controls) {
    if (isDropped(control.raw)) tellDropped(control)
    else addControl(building, control, threats)
  }
}

function addControl(building: Building, control: Item, named: ReadonlyMap<string, Item>): void {
  const { raw, place, id } = control
  const { links, isWhole } = linksTo(control, 'threats', name => named.get(name))
  const word = lineOf(raw.status, 100)
  const meaning = word !== undefined && Object.hasOwn(STATUS, word) ? STATUS[word] : undefined
  const statement = lineOf(raw.title, 4000) ?? lineOf(raw.description, 4000)
  const keys = [...(isWhole ? ['threats'] : []), ...(meaning && !meaning.kept ? ['status'] : [])]
  if (raw.title === statement) keys.push('title')
  const { provenance, foreign } = originOf(building, control, { keys, texts: { description: 100_000 } })
  const description = textOf(raw.description)
  building.mitigations[id] = defined({
    id,
    statement: statement ?? unnamed(control),
    threats: Object.keys(links).length > 0 ? links : undefined,
    status: meaning?.status ?? ('planned' as const),
    description: lineOf(description, 4000) === statement ? undefined : description,
    provenance,
    foreign,
  })
  if (!meaning) tellStatus(control, word)
  else if (meaning.kept)
    tally(place.report, place.at, {
      what: count => `Status "${word}" of ${many(count, 'control')}`,
      why: 'It counts as planned, which takes nothing off the risk by itself; the word is kept under foreign.',
    })
  for (const key of ['trust_boundary', 'priority'])
    if (raw[key] !== undefined)
      tally(place.report, place.at, { what: count => `${key} of ${many(count, 'control')}`, why: 'Kept under foreign.' })
}

function unnamed({ place }: Item): string {
  tally(place.report, place.at, {
    what: count => `Title of ${many(count, 'control')}`,
    why: 'The file gives none; called "Unnamed mitigation".',
  })
  return 'Unnamed mitigation'
}

function tellStatus({ id, place }: Item, word: string | undefined): void {
  place.report.problems.push({
    code: 'import.status',
    severity: 'warning',
    at: id,
    message: `The file gives this control ${word === undefined ? 'no status' : `the status "${word.slice(0, 80)}", which has no meaning here`}, so it counts as planned.`,
    cure: 'Say how far it is.',
  })
}

function tellDropped({ raw, place }: Item): void {
  place.report.losses.push({
    at: place.at,
    what: `Control "${lineOf(raw.title, 80) ?? 'without a title'}"`,
    why: `Its status is "${String(raw.status)}", so it mitigates nothing; kept under foreign of the design.`,
  })
}
