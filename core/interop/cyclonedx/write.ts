import { deriveChecklist } from '../../checklists/derive.ts'
import { canonicalJson } from '../../model/canonical.ts'
import { designDigest } from '../../model/digest.ts'
import { hasRow, rowAt, rowIds, rowsOf } from '../../model/table.ts'
import type { AnyRow, Check, Design, Table, TableName } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Raw, recordOf } from '../reading/json-fields.ts'
import type { Loss } from '../report.ts'
import type { Occasion, Written } from '../writers.ts'
import { oursFirst } from '../writing/merged.ts'
import { type Differences, differencesOf, type FieldDifference, isSame, lossesFrom, type Reasons } from '../writing/read-back.ts'
import { backReader } from '../writing/reader.ts'
import { foreignOfDesign, isOf, namesFor } from '../writing/returned.ts'
import { seenOf, WAS } from './marks.ts'
import { readCycloneDx } from './read.ts'
import { requiredBy } from './write-controls.ts'
import { fileOf } from './write-file.ts'
import { type Plan, TOOL } from './write-objects.ts'

const REASONS: Reasons = {
  tool: TOOL,
  rows: {
    triage: 'The format has no findings, only threats.',
    workItems: 'The format has no prompts; what must be shown of a requirement stands in its acceptance criteria.',
    comments: 'Remarks stay with the design.',
    suggestions: 'Suggestions stay with the design.',
  },
  fields: {
    glossary: 'Words of the team stay with the design.',
    insideWords: 'Words that stay inside are never written into a file for others.',
    ticketKeys: 'Words that stay inside are never written into a file for others.',
    packs: 'Which rules are used stays with the design.',
  },
}

/**
 * A CycloneDX 2.0 file with the whole chain (draft of the threat modelling branch, see README.md). What has no key goes into properties
 * of ours: the file is written, read and compared, and what does not come back becomes a property, or a loss.
 */
export function writeCycloneDx(whole: Design, occasion: Occasion): Result<Written> {
  const design = withoutIssue(whole)
  const foreign = foreignOfDesign(design, TOOL)
  const refs = refsOf(design)
  const base = { design, digest: designDigest(whole), refs, named: new Set(refs.values()), checks: checksOf(design, occasion) }
  const { designIn, refusal } = backReader(readCycloneDx, { at: occasion.at, empty: 'cyclonedx.noModel' })
  const written = (plan: Plan) => fileOf({ ...base, plan }, { foreign, occasion })
  const compared = (plan: Plan) => differencesOf(design, designIn(written(plan)))
  const undecided = foreign.risks === undefined ? NO_PLAN.undecided : takenBack(design, designIn(written(NO_PLAN)))

  const ours = oursFirst(design, TOOL, rows => compared({ ...NO_PLAN, ours: rows }))
  const first = compared({ ...NO_PLAN, ours, undecided })
  const plan: Plan = { ours, undecided, marks: marksFor(design, first) }
  const file = written(plan)
  const last = differencesOf(design, designIn(file))
  const refused = refusal()
  if (refused) return refused
  return ok({
    text: `${JSON.stringify(file, null, 2)}\n`,
    losses: [...issueLost(whole, design), ...lossesFrom(design, last, REASONS)],
  })
}

/** Number, version and time of an imported file: those of the written one are its own. */
function withoutIssue(design: Design): Design {
  const settings = design.settings.design
  if (!settings?.foreign) return design
  const { serialNumber: _number, version: _version, ...foreign } = foreignOfDesign(design, TOOL)
  const { timestamp: _timestamp, ...metadata } = recordOf(foreign.metadata) ?? {}
  const left = { ...foreign, metadata: Object.keys(metadata).length > 0 ? metadata : undefined }
  const kept = Object.entries(left).filter(([, value]) => value !== undefined)
  const { foreign: _foreign, ...rest } = settings
  return { ...design, settings: { design: kept.length > 0 ? { ...rest, foreign: Object.fromEntries(kept) } : rest } }
}

function issueLost(whole: Design, design: Design): readonly Loss[] {
  if (isSame(whole.settings.design?.foreign, design.settings.design?.foreign)) return []
  const isOwn = Object.keys(foreignOfDesign(whole, TOOL)).length > 0
  const what = isOwn ? 'Serial number, version and time of the imported file' : 'Keys kept from an import of the design'
  const why = isOwn ? 'The written file has its own.' : 'They come from another format, and mean nothing here.'
  return [{ at: 'settings/foreign', what, why }]
}

const NO_PLAN: Plan = { ours: new Set(), marks: new Map(), undecided: new Set() }

/** Risks of an import from which a decision would be read that people took back since. */
function takenBack(design: Design, back: Design): Plan['undecided'] {
  const gone = rowsOf(back.acceptances).filter(({ id }) => !hasRow(design.acceptances, id))
  return new Set(gone.flatMap(({ provenance }) => provenance.originalId ?? []))
}

function isImported(design: Design, { table, id }: Pick<FieldDifference, 'table' | 'id'>): boolean {
  const row = rowAt(design[table] as Table<AnyRow>, id)
  return row !== undefined && isOf(row, TOOL)
}

/** Tables in the file, in the order in which a bom-ref is given to whom it belonged. */
const NAMED: readonly TableName[] = [
  ...(['boundaries', 'elements', 'data', 'flows', 'assumptions'] as const),
  ...(['threats', 'requirements', 'mitigations', 'acceptances'] as const),
]

/** Bom-refs: what the row was called in a file of this format, else our id. */
function refsOf(design: Design): ReadonlyMap<string, string> {
  const required = requiredBy({ design })
  const rows = NAMED.flatMap(table => rowsOf(design[table] as Table<AnyRow>)).filter(({ id }) => !required.has(id))
  return namesFor(rows, { tool: TOOL, own: id => id })
}

/** What must be shown of each requirement, by the checklists of the work items. */
function checksOf(design: Design, { packs, at }: Occasion): ReadonlyMap<string, readonly Check[]> {
  const found = new Map<string, Check[]>()
  for (const workItem of rowIds(design.workItems)) {
    const list = deriveChecklist(design, packs, { workItem, at })
    for (const check of list.ok ? list.value.checks : [])
      for (const from of check.from.filter(id => id.startsWith('R-'))) found.set(from, [...(found.get(from) ?? []), check])
  }
  return found
}

/** What the settings keep to the team, whatever the format could hold. */
const INSIDE: ReadonlySet<string> = new Set(['glossary', 'packs', 'insideWords', 'ticketKeys'])

/** The fields that did not come back, as properties. Links that lead nowhere and foreign keys are not given along. */
function marksFor(design: Design, { fields }: Differences): Plan['marks'] {
  const marks = new Map<string, Record<string, string>>()
  for (const one of fields) {
    const { table, id, field, ours, theirs } = one
    const text = field === 'foreign' ? keysKept(one, isImported(design, one) || table === 'settings') : textOf(ours)
    if (text === undefined || (table === 'settings' && INSIDE.has(field)) || !leads(design, ours)) continue
    if (table === 'settings' && field === 'foreign' && theirs === undefined) continue
    const known = marks.get(id) ?? {}
    known[field] = text
    if (field !== 'foreign' && theirs !== undefined) known[WAS] = withSeen(known[WAS], field, theirs)
    marks.set(id, known)
  }
  return marks
}

/** What the native keys say where a property of ours says more: whoever changes those means them to count. */
function withSeen(seen: string | undefined, field: string, theirs: unknown): string {
  const known = (seen === undefined ? {} : JSON.parse(seen)) as Raw
  return canonicalJson({ ...known, [field]: seenOf(theirs) })
}

function textOf(value: unknown): string {
  return value === undefined ? 'null' : canonicalJson(value)
}

/** Which keys beside a row are really foreign; the others only say in the words of the format what fields say. */
function keysKept({ ours, theirs }: FieldDifference, isOwn: boolean): string | undefined {
  if (theirs === undefined) return undefined
  return canonicalJson(isOwn ? Object.keys(recordOf(ours) ?? {}).sort() : [])
}

const LINK = /^[RAEFBDTMX]-[0-9A-HJKMNP-TV-Z]{5}$/
const HOMES = {
  R: 'requirements',
  A: 'assumptions',
  E: 'elements',
  F: 'flows',
  B: 'boundaries',
  D: 'data',
  T: 'threats',
  M: 'mitigations',
  X: 'acceptances',
} as const

function leads(design: Design, value: unknown): boolean {
  const ids = typeof value === 'string' ? [value] : Object.keys(recordOf(value) ?? {})
  return ids.every(id => {
    if (!LINK.test(id)) return true
    const home: TableName = HOMES[id.charAt(0) as keyof typeof HOMES]
    return rowAt(design[home] as Table<AnyRow>, id) !== undefined
  })
}
