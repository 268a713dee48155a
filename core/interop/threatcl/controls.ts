import type { Mitigation } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Block, blocksOf, keptOf } from './items.ts'
import { LABEL, type Part, partsIn, withParts } from './parts.ts'

/** Controls become mitigations of the threat they stand in; a control may be a text only. */
export function addControls(building: Building, threat: Block): void {
  const { part, origin, id } = threat
  const blocks = partsIn(part.parts, 'control', 'expanded_control', 'proposed_control')
  const parts = typeof part.raw.control === 'string' ? [...blocks, textControl(part)] : blocks
  const as = { path: `${id}/control`, origin, prefix: 'M', noun: 'control' }
  for (const control of blocksOf(building, parts, as)) addControl(building, control, id)
}

function textControl({ raw, at }: Part): Part {
  return { type: 'control', name: undefined, raw: { description: raw.control }, parts: [], at }
}

function addControl(building: Building, control: Block, threat: string): void {
  const { id, raw, part } = control
  const status = statusOf(raw.implemented)
  const description = textOf(raw.description)
  const statement = lineOf(raw[LABEL], 4000) ?? lineOf(description, 4000)
  const kept = { ...control, raw: withParts(raw, part.parts) }
  const keys = status === undefined ? [] : ['implemented']
  const { provenance, foreign } = keptOf(building, kept, { keys, texts: { description: 100_000 } })
  tellControl(control, { status, isNamed: statement !== undefined })
  building.mitigations[id] = defined({
    id,
    statement: statement ?? 'Unnamed mitigation',
    threats: { [threat]: true as const },
    status: status ?? ('planned' as const),
    description: lineOf(description, 4000) === statement ? undefined : description,
    provenance,
    foreign,
  })
}

/** Nothing imported counts as verified. */
function statusOf(value: unknown): Mitigation['status'] | undefined {
  if (value === true || value === 'true') return 'implemented'
  return value === false || value === 'false' ? 'planned' : undefined
}

const KEPT: readonly (readonly [key: string, why: string])[] = [
  ['risk_reduction', 'A mitigation takes off risk here by how far it is, not by per cent: kept under foreign.'],
  ['implementation_notes', 'They have no field of their own: kept under foreign.'],
]

type Said = { readonly status: Mitigation['status'] | undefined; readonly isNamed: boolean }

function tellControl({ place, raw }: Block, { status, isNamed }: Said): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'control')}`, why })
  if (!isNamed) tell('Name', 'The file gives no name and no description as text; called "Unnamed mitigation".')
  if (status === undefined) tell('Status', 'The file does not say whether it is implemented: it counts as planned.')
  for (const [key, why] of KEPT) if (raw[key] !== undefined && raw[key] !== null) tell(key, why)
}
