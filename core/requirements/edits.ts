import type { Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Requirement, Stamp } from '../model/types.ts'
import { all, ok, type Problem, type Result, refuse } from '../support/result.ts'
import { approvalProblems } from './checks.ts'
import { missing, putRow, setRow } from './fields.ts'
import { removeAttached, unlinkChanges } from './links.ts'

type Edit = Result<readonly Change[]>
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }
type Written = Loose<Pick<Requirement, 'kind' | 'priority' | 'source' | 'actor' | 'verification' | 'description'>>
/** Whole sets of ids; a set left out stays as it is. */
export type RequirementLinks = Loose<Readonly<Record<'elements' | 'flows' | 'data', readonly string[]>>>

export type NewRequirement = { readonly statement: string } & Written & RequirementLinks

/** A new draft. The first change puts its row. */
export function addRequirement(
  design: Design,
  { statement, elements, flows, data, ...written }: NewRequirement,
  stamp: Stamp,
): Edit {
  return putRow(design, 'requirements', {
    ...written,
    statement,
    kind: written.kind ?? 'functional',
    status: 'draft',
    elements: linkMap(elements),
    flows: linkMap(flows),
    data: linkMap(data),
    id: freshId(design, 'requirements', stamp),
    provenance: provenanceOf(stamp),
  })
}

/** One draft for each line of a pasted list, without its bullets and numbers; empty lines are skipped. */
export function addRequirements(design: Design, { text, ...common }: { readonly text: string } & Written, stamp: Stamp): Edit {
  const lines = text.split(/\r\n|\r|\n/).map(line => line.replace(BULLET, '').trim())
  const statements = lines.filter(line => line !== '')
  const taken = new Set<string>()
  // What is written at once has no order of its own but that of its ids.
  const ids = statements.map(() => uniqueId(design, stamp, taken)).sort()
  const added = statements.map((statement, i) => {
    const id = ids[i]
    const fields = {
      ...common,
      statement,
      kind: common.kind ?? 'functional',
      status: 'draft',
      id,
      provenance: provenanceOf(stamp),
    }
    return putRow(design, 'requirements', fields)
  })
  const rows = all(added)
  return rows.ok ? ok(rows.value.flat()) : rows
}

const BULLET = /^\s*(?:[-*+•–]|\(?\d{1,3}[.)]|\[[ xX]?\])\s+/

function uniqueId(design: Design, stamp: Stamp, taken: Set<string>): string {
  for (;;) {
    const id = freshId(design, 'requirements', stamp)
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

/** Changes what is written. New words on an approved requirement make it a draft again: what was approved were the old ones. */
export function editRequirement(
  design: Design,
  { id, ...fields }: { readonly id: string; readonly statement?: string } & Written,
): Edit {
  const row = design.requirements[id]
  if (!row) return refuse(missing(id))
  const set = setRow(design, id, fields)
  if (!set.ok || row.status !== 'approved') return set
  const touched = set.value.flatMap(change => (change.kind === 'patch' ? Object.keys(change.fields) : []))
  return touched.some(field => VOIDS_APPROVAL.has(field)) ? setRow(design, id, { ...fields, status: 'draft' }) : set
}

const VOIDS_APPROVAL = new Set(['statement', 'actor', 'verification', 'kind'])

/** Says what it is about; each set given replaces the one before. */
export function setLinks(design: Design, { id, ...links }: { readonly id: string } & RequirementLinks): Edit {
  if (!design.requirements[id]) return refuse(missing(id))
  const fields = Object.fromEntries(
    Object.entries(links).flatMap(([field, ids]) => (ids === undefined ? [] : [[field, linkMap(ids)] as const])),
  )
  return setRow(design, id, fields)
}

/** Makes it a part of another requirement, or with no parent one of its own. Refuses a place below itself. */
export function setParent(design: Design, { id, parent }: { readonly id: string; readonly parent: string | undefined }): Edit {
  if (!design.requirements[id]) return refuse(missing(id))
  const isBelow = parent !== undefined && ancestorsOf(design, parent).includes(id)
  if (parent === id || isBelow)
    return refuse({
      code: 'requirement.cycle',
      at: id,
      message: `${id} cannot be a part of itself.`,
      cure: 'Choose a requirement that is not a part of it.',
    })
  return setRow(design, id, { parent })
}

/** What it is a part of, the nearest first; a circle that a merge left ends where it closes. */
export function ancestorsOf(design: Pick<Design, 'requirements'>, id: string): readonly string[] {
  const above: string[] = []
  for (let at = design.requirements[id]?.parent; at !== undefined && !above.includes(at); at = design.requirements[at]?.parent)
    above.push(at)
  return above
}

/** Approves, or says all that is lacking. Approving what an AI proposed confirms it. */
export function approveRequirement(design: Design, { id }: { readonly id: string }, stamp: Stamp): Edit {
  const row = design.requirements[id]
  if (!row) return refuse(missing(id))
  if (row.status === 'retired')
    return refuse({ code: 'requirement.retired', at: id, message: `${id} is retired.`, cure: 'Make it a draft again first.' })
  const [first, ...rest] = approvalProblems(design, row) as readonly Problem[]
  if (first) return { ok: false, problems: [first, ...rest] }
  const confirmed = { ...row.provenance, confirmedBy: stamp.by, confirmedAt: stamp.at }
  const isOpen = row.provenance.kind === 'ai' && row.provenance.confirmedBy === undefined
  return setRow(design, id, { status: 'approved', ...(isOpen ? { provenance: confirmed } : {}) })
}

/** Takes it out of force; it stays readable, and its id is never used again. */
export function retireRequirement(design: Design, { id }: { readonly id: string }): Edit {
  return design.requirements[id] ? setRow(design, id, { status: 'retired' }) : refuse(missing(id))
}

/** Back to a draft, from approved or retired. */
export function reopenRequirement(design: Design, { id }: { readonly id: string }): Edit {
  return design.requirements[id] ? setRow(design, id, { status: 'draft' }) : refuse(missing(id))
}

/** Deletes drafts with all links to them; what was once approved is retired instead. */
export function removeRequirements(design: Design, { ids }: { readonly ids: readonly string[] }): Edit {
  const wrong = ids.find(id => !design.requirements[id])
  if (wrong !== undefined) return refuse(missing(wrong))
  const inForce = ids.find(id => design.requirements[id]?.status !== 'draft')
  if (inForce !== undefined)
    return refuse({
      code: 'requirement.inForce',
      at: inForce,
      message: `${inForce} is no draft; others may rest on it.`,
      cure: 'Retire it instead, or make it a draft first.',
    })
  const gone = new Set(ids)
  const removed = [...gone].sort().map((id): Change => ({ kind: 'remove', table: 'requirements', id }))
  return ok([...unlinkChanges(design, gone), ...adopted(design, gone), ...removeAttached(design, gone), ...removed])
}

/** Parts of what is deleted become parts of what that was a part of. */
function adopted(design: Design, gone: ReadonlySet<string>): readonly Change[] {
  return rowsOf(design.requirements).flatMap(row => {
    if (row.parent === undefined || !gone.has(row.parent) || gone.has(row.id)) return []
    const parent = ancestorsOf(design, row.id).find(id => id !== row.id && !gone.has(id))
    return [{ kind: 'patch', table: 'requirements', id: row.id, fields: { parent } } satisfies Change]
  })
}

function linkMap(ids: readonly string[] | undefined): Readonly<Record<string, true>> | undefined {
  return ids && ids.length > 0 ? Object.fromEntries(ids.map(id => [id, true as const])) : undefined
}
