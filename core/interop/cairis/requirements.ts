import type { Requirement } from '../../model/types.ts'
import { originOf } from '../reading/items.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Entry, Reading } from './entries.ts'
import type { Lists } from './read.ts'
import type { TargetsOf } from './targets.ts'

type Kind = Requirement['kind']

/** The types of the format; `near` where ours only comes close. */
const KINDS: Readonly<Record<string, { readonly kind: Kind; readonly near?: true }>> = {
  functional: { kind: 'functional' },
  security: { kind: 'security' },
  legal: { kind: 'compliance' },
  operational: { kind: 'operational' },
  data: { kind: 'functional', near: true },
  look_and_feel: { kind: 'functional', near: true },
  usability: { kind: 'functional', near: true },
  performance: { kind: 'operational', near: true },
  maintainability: { kind: 'operational', near: true },
  portability: { kind: 'operational', near: true },
}

/** In the public models, 1 stands at what the system cannot be without, 3 at what is merely useful. */
const PRIORITIES: Readonly<Record<string, Requirement['priority']>> = { 1: 'must', 2: 'should', 3: 'could' }

/** Requirements as drafts: the format does not say that anybody approved one. */
export function requirementsOf(reading: Reading, lists: Lists, targetsOf: TargetsOf): Readonly<Record<string, Requirement>> {
  return Object.fromEntries(lists.requirements.map(entry => [entry.id, requirementOf(reading, entry, targetsOf)]))
}

function requirementOf({ building }: Reading, entry: Entry, targetsOf: TargetsOf): Requirement {
  const { id, raw, node, place } = entry
  const statement = lineOf(raw.description, 4000) ?? entry.originalId
  const type = lineOf(raw.type, 100)?.toLowerCase() ?? ''
  const meaning = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  const priority = PRIORITIES[String(raw.priority)]
  const source = lineOf(raw.originator, 4000)
  const { elements, data, isWhole } = targetsOf(entry, isOfAsset(entry) ? [node] : [], 'reference')
  const keys = [
    ...(meaning && !meaning.near ? ['type'] : []),
    ...(priority ? ['priority'] : []),
    ...(statement === raw.description ? ['description'] : []),
    ...(source === raw.originator ? ['originator'] : []),
    ...['rationale', 'fit_criterion'].filter(key => isNone(raw[key])),
  ]
  const { provenance, foreign } = originOf(building, entry, { keys, texts: { rationale: 100_000 } })
  if (!isWhole) tellUndrawn(entry)
  if (!meaning || meaning.near) tellKind(entry)
  if (raw.fit_criterion !== undefined && !isNone(raw.fit_criterion))
    tally(place.report, place.at, {
      what: count => `Fit criterion of ${many(count, 'requirement')}`,
      why: 'What must be proven is derived here, or written as a check of a mitigation: kept under foreign.',
    })
  return defined({
    id,
    statement: statement ?? unnamed(entry),
    kind: meaning?.kind ?? ('functional' as const),
    priority,
    source,
    status: 'draft' as const,
    elements,
    data,
    description: isNone(raw.rationale) ? undefined : textOf(raw.rationale),
    provenance,
    foreign,
  })
}

/** The other type of reference is an environment, which is kept. */
function isOfAsset({ raw }: Entry): boolean {
  return raw.reference !== undefined && lineOf(raw.reference_type, 40)?.toLowerCase() !== 'environment'
}

/** The tool writes the word where nobody wrote anything. */
function isNone(value: unknown): boolean {
  return typeof value === 'string' && /^none\.?$/i.test(value.trim())
}

function unnamed({ place }: Entry): string {
  tally(place.report, place.at, {
    what: count => `Text of ${many(count, 'requirement')}`,
    why: 'The file gives none; called "Unnamed requirement".',
  })
  return 'Unnamed requirement'
}

function tellUndrawn({ place }: Entry): void {
  tally(place.report, place.at, {
    what: count => `What ${many(count, 'requirement')} would be about`,
    why: 'The asset is neither information nor on a data flow, so it is no row to link to: its name is kept under foreign.',
  })
}

function tellKind({ place }: Entry): void {
  tally(place.report, place.at, {
    what: count => `Type of ${many(count, 'requirement')}`,
    why: 'It is none of our kinds: counted as functional or operational, whichever is nearer; the word is kept under foreign.',
  })
}
