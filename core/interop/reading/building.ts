import { EMPTY_DESIGN } from '../../model/change.ts'
import { isDesignId, isId, newDesignId, newId, randomFrom } from '../../model/identity.ts'
import { DEFAULT_POLICY } from '../../model/lookup.ts'
import { FORMAT } from '../../model/migrate.ts'
import type {
  Acceptance,
  Assumption,
  Boundary,
  DataAsset,
  Design,
  Diagram,
  Element,
  Flow,
  Layout,
  Mitigation,
  Provenance,
  Settings,
  Stamp,
  Threat,
} from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import type { ImportReport } from '../report.ts'
import type { Drawing, DrawnThing } from './drawing.ts'
import { defined, lineOf } from './json-fields.ts'

/** Where a drawing came from. */
export type Origin = {
  /** Name of the file; only its last part is kept, for a path says something about a machine. */
  readonly file: string
  /** Name and version of the tool that wrote it. */
  readonly tool: string
  /** Scope of the ids: files of one tool share it, so that a model keeps its ids from version to version. */
  readonly family: string
  readonly stamp: Stamp
}

/** A file whose objects are stated, not drawn, as a design. */
export type ReadModel = {
  readonly design: Design
  /** When the reader knows it better than its row does. */
  readonly format?: string
  readonly formatVersion: string
  readonly report: ImportReport
}

/** Rows on their way into a design. */
export type Building = {
  readonly origin: Origin
  readonly report: ImportReport
  /** Name of the model by its file. */
  readonly model: string
  /** Who owns the model by its file; decisions without an owner are not taken over. */
  readonly owner: string | undefined
  /** Draws an id from where the thing stands in the file: the same in every file name and at every time. */
  readonly idFor: (prefix: string, ...origin: readonly string[]) => string
  /**
   * The id of ours that a file of ours gives back, taken for this row; nothing when it is none of this kind, or was claimed before.
   * Readers ask it first and draw an id otherwise: ours -> theirs -> ours keeps every id that the format has a place for.
   */
  readonly ownId: (prefix: string, claimed: unknown) => string | undefined
  readonly elements: Record<string, Element>
  readonly flows: Record<string, Flow>
  readonly boundaries: Record<string, Boundary>
  readonly data: Record<string, DataAsset>
  readonly assumptions: Record<string, Assumption>
  readonly diagrams: Record<string, Diagram>
  readonly layout: Record<string, Layout>
  readonly threats: Record<string, Threat>
  readonly mitigations: Record<string, Mitigation>
  readonly acceptances: Record<string, Acceptance>
}

/** Empty tables, and ids that are free because nothing is taken yet. */
export function newBuilding(origin: Origin, report: ImportReport, drawing: Pick<Drawing, 'name' | 'owner'>): Building {
  const taken = new Set<string>()
  return {
    origin,
    report,
    model: drawing.name ?? '',
    owner: drawing.owner,
    idFor: (prefix, ...parts) => {
      const id = newId(prefix, seeded(origin, [prefix, ...parts]), candidate => taken.has(candidate))
      taken.add(id)
      return id
    },
    ownId: (prefix, claimed) => {
      if (typeof claimed !== 'string' || !isId(prefix, claimed) || taken.has(claimed)) return undefined
      taken.add(claimed)
      return claimed
    },
    elements: {},
    flows: {},
    boundaries: {},
    data: {},
    assumptions: {},
    diagrams: {},
    layout: {},
    threats: {},
    mitigations: {},
    acceptances: {},
  }
}

/** What the file says of the model as a whole, and the ids in it, from which the design gets its own. */
export type Whole = Pick<Settings, 'name'> &
  Partial<Pick<Settings, 'purpose' | 'foreign'>> & {
    readonly originalIds: readonly string[]
    /** The id of ours that a file of ours gives back. */
    readonly designId?: string
  }

/** The design that the rows make up, with settings and policy. */
export function finished(building: Building, { originalIds, designId: claimed, ...whole }: Whole): Design {
  const { origin, report: _report, model, owner: _owner, idFor: _idFor, ownId: _ownId, ...tables } = building
  const designId = isDesignId(claimed) ? claimed : newDesignId(seeded(origin, ['design', model, ...originalIds.toSorted(byText)]))
  const settings: Settings = { id: 'design', format: FORMAT, designId, epoch: 1, ...whole }
  return { ...EMPTY_DESIGN, ...tables, settings: { design: settings }, policy: { policy: DEFAULT_POLICY } }
}

function seeded(origin: Origin, parts: readonly string[]): () => number {
  return randomFrom(JSON.stringify([origin.family, ...parts]))
}

/** Says of a row that it was imported, by whom, with what, and as what it stood in the file. */
export function provenanceFor({ origin }: Building, originalId: string | undefined): Provenance {
  return defined({
    kind: 'import' as const,
    at: origin.stamp.at,
    by: origin.stamp.by,
    tool: origin.tool,
    file: (origin.file.split(/[\\/]/).pop() ?? '').slice(0, 1000),
    originalId: lineOf(originalId, 1000),
  })
}

/** One view of everything, for files that draw nothing. */
export function addOverview(building: Building): void {
  const all = (rows: object) => Object.fromEntries(Object.keys(rows).map(id => [id, true as const]))
  const { elements, flows, boundaries } = building
  if (Object.keys(elements).length === 0) return
  const id = building.idFor('G', building.model)
  const name = building.model === '' ? 'Unnamed diagram' : building.model
  const shown = { elements: all(elements), flows: all(flows), boundaries: all(boundaries) }
  building.diagrams[id] = { id, name, ...shown, provenance: provenanceFor(building, undefined) }
}

/** How messages call a thing. */
export function calledOf(thing: DrawnThing): string {
  const name = thing.name?.replace(/\s+/g, ' ').slice(0, 80)
  const word = WORDS[thing.kind]
  return name ? `${word} "${name}"` : `${word} without a name`
}

/** The word for each kind of drawn thing, as our glossary has it. */
export const WORDS = {
  process: 'Process',
  dataStore: 'Data store',
  externalEntity: 'External entity',
  flow: 'Data flow',
  box: 'Trust boundary',
  line: 'Trust boundary',
  other: 'Thing',
} as const
