import { applyChanges, type Change, type Fields } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { entityOf } from '../model/lookup.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { AttributeName, Boundary, DataAsset, Design, Element, Flow, Stamp, Ternary } from '../model/types.ts'
import { missing, putRow, setRow } from '../requirements/fields.ts'
import { all, ok, type Result, refuse } from '../support/result.ts'
import { boundaryAt, type Place, placeChanges, type Spot } from './drawing.ts'
import { flowsAt } from './flows-at.ts'
import { chainFrom } from './interactions.ts'
import { membershipChanges } from './membership.ts'
import { removalOf } from './removal.ts'

type Edit = Result<readonly Change[]>
type Own = 'id' | 'provenance' | 'foreign'
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }
/** Where a new thing is drawn; its centre decides the boundary when none is given. */
type Drawn = { readonly on?: Spot | undefined }

export type NewElement = Pick<Element, 'kind' | 'name'> & Loose<Omit<Element, Own | 'kind' | 'name'>> & Drawn
export type NewFlow = Pick<Flow, 'name'> & Loose<Omit<Flow, Own | 'name'>> & Drawn
export type NewBoundary = Pick<Boundary, 'name'> &
  Loose<Omit<Boundary, Own | 'name' | 'membership'>> &
  Drawn & { readonly contains?: readonly string[] | undefined }
export type NewData = Pick<DataAsset, 'name'> & Loose<Omit<DataAsset, Own | 'name'>>

/** A new process, data store or external entity. The first change puts its row: see `addedId`. */
export function addElement(design: Design, { on, ...input }: NewElement, stamp: Stamp): Edit {
  const boundary = input.boundary ?? (on && boundaryAt(design, on))
  return drawn(design, add(design, 'elements', { ...input, boundary }, stamp), on)
}

/** A new flow; an end left out stays loose. */
export function addFlow(design: Design, { on, ...input }: NewFlow, stamp: Stamp): Edit {
  const wrong = [input.source, input.target].find(end => end !== undefined && !hasRow(design.elements, end))
  if (wrong !== undefined) return refuse(notAnElement(design, wrong))
  return drawn(design, add(design, 'flows', input, stamp), on)
}

/** A flow between two elements; without a name it is called after its ends. */
export function connect(
  design: Design,
  input: Loose<NewFlow> & { readonly source: string; readonly target: string },
  stamp: Stamp,
): Edit {
  return addFlow(design, { ...input, name: input.name ?? calledAfter(design, input.source, input.target) }, stamp)
}

/**
 * A new trust boundary. What it contains is said, or is what it is drawn around;
 * without a parent it takes the common one of its contents, or the one drawn around it.
 */
export function addBoundary(design: Design, { on, contains, ...input }: NewBoundary, stamp: Stamp): Edit {
  const parent = input.parent ?? commonParent(design, contains ?? [])
  const around = chainFrom(design.boundaries, parent)
  const wrong = contains?.find(id => around.includes(id))
  if (wrong !== undefined) return refuse(inItself(design, wrong))
  const lost = contains?.find(id => !hasRow(design.elements, id) && !hasRow(design.boundaries, id))
  if (lost !== undefined) return refuse(missing(lost))
  const fields = { ...input, parent, kind: input.kind ?? 'unknown', membership: 'stated' }
  const added = drawn(design, add(design, 'boundaries', fields, stamp), on)
  const id = added.ok ? addedId(added.value) : undefined
  if (!added.ok || id === undefined) return added
  if (contains) return ok([...added.value, ...contains.map(inner => moveChange(inner, id))])
  if (!on) return added
  const moves = membershipChanges(design, applyChanges(design, added.value), on.diagram)
  return ok([...added.value, ...moves.filter(move => parent === undefined || move.kind !== 'patch' || move.id !== id)])
}

/** A new data asset. */
export function addData(design: Design, input: NewData, stamp: Stamp): Edit {
  return add(design, 'data', input, stamp)
}

/** The id of what an adding edit adds. */
export function addedId(changes: readonly Change[]): string | undefined {
  const first = changes[0]
  return first?.kind === 'put' ? first.row.id : undefined
}

/** Renames a thing; a flow that is still called after its ends goes on to be. */
export function renameEntity(design: Design, { id, name }: { readonly id: string; readonly name: string }): Edit {
  const renamed = setFields(design, { id, fields: { name } })
  const row = design.elements[id]
  if (!renamed.ok || !row) return renamed
  const next = applyChanges(design, renamed.value)
  const flows = flowsAt(design.flows, id)
    .filter(flow => flow.source && flow.target && flow.name === calledAfter(design, flow.source, flow.target))
    .map(flow => setFields(design, { id: flow.id, fields: { name: calledAfter(next, flow.source ?? '', flow.target ?? '') } }))
  const both = all([renamed, ...flows])
  return both.ok ? ok(both.value.flat()) : both
}

/** What a flow is called that nobody named. */
export function calledAfter(design: Design, source: string, target: string): string {
  const called = (id: string) => design.elements[id]?.name.slice(0, 190) ?? id
  return `${called(source)} to ${called(target)}`
}

/** Sets one field, or one key of a map field written `data/D-7K3Q2`; undefined takes it away. */
export function setField(design: Design, input: { readonly id: string; readonly field: string; readonly value: unknown }): Edit {
  return setFields(design, { id: input.id, fields: { [input.field]: input.value } })
}

/** Sets fields of an element, flow, boundary, data asset or diagram. */
export function setFields(design: Design, { id, fields }: { readonly id: string; readonly fields: Fields }): Edit {
  if (!/^[EFBDG]-/.test(id)) return refuse(missing(id))
  const parent = id.startsWith('B-') ? fields.parent : undefined
  if (typeof parent === 'string' && chainFrom(design.boundaries, parent).includes(id)) return refuse(inItself(design, id))
  return setRow(design, id, fields)
}

/** States a security attribute; unknown takes the statement back, for a missing one means the same. */
export function setAttribute(
  design: Design,
  input: { readonly id: string; readonly attribute: AttributeName; readonly value: Ternary },
): Edit {
  const value = input.value === 'unknown' ? undefined : input.value
  return setFields(design, { id: input.id, fields: { [`attributes/${input.attribute}`]: value } })
}

/** Puts another element, or none, at one end of a flow; the drawn route goes with the old end. */
export function reconnect(
  design: Design,
  input: { readonly flow: string; readonly end: 'source' | 'target'; readonly element?: string | undefined },
): Edit {
  if (input.element !== undefined && !hasRow(design.elements, input.element)) return refuse(notAnElement(design, input.element))
  const set = setFields(design, { id: input.flow, fields: { [input.end]: input.element } })
  if (!set.ok || set.value.length === 0) return set
  const routes = rowsOf(design.layout).filter(row => row.id.endsWith(`.${input.flow}`) && (row.vertices || row.label))
  const fields = { vertices: undefined, label: undefined }
  return ok([...set.value, ...routes.map(({ id }): Change => ({ kind: 'patch', table: 'layout', id, fields }))])
}

/** Moves elements and boundaries into a boundary, or out of all of them; flows lie where their ends lie and stay. */
export function moveToBoundary(
  design: Design,
  { ids, boundary }: { readonly ids: readonly string[]; readonly boundary?: string | undefined },
): Edit {
  const movable = ids.filter(id => /^[EB]-/.test(id))
  const moved = all(movable.map(id => setFields(design, { id, fields: { [parentField(id)]: boundary } })))
  return moved.ok ? ok(moved.value.flat()) : moved
}

/** Answers what lies inside a boundary whose drawing did not say. */
export function resolveBoundary(design: Design, input: { readonly id: string; readonly contains: readonly string[] }): Edit {
  const stated = setFields(design, { id: input.id, fields: { membership: 'stated' } })
  const both = all([stated, moveToBoundary(design, { ids: input.contains, boundary: input.id })])
  return both.ok ? ok(both.value.flat()) : both
}

/** Removes things with what hangs on them: flows of elements, links, drawings, remarks. What lay in a boundary moves to its parent. */
export function removeEntities(design: Design, { ids }: { readonly ids: readonly string[] }): Edit {
  const wrong = ids.find(id => !/^[EFBDG]-/.test(id) || !entityOf(design, id))
  return wrong === undefined ? ok(removalOf(design, ids)) : refuse(missing(wrong))
}

/** Draws things on a diagram; membership in boundaries stays as it is (see `dropOn`). */
export function placeOn(
  design: Design,
  { diagram, places }: { readonly diagram: string; readonly places: readonly Place[] },
): Edit {
  if (!hasRow(design.diagrams, diagram)) return refuse(missing(diagram))
  const wrong = places.find(({ id }) => !/^[EFB]-/.test(id) || !entityOf(design, id))
  return wrong ? refuse(missing(wrong.id)) : placeChanges(design, diagram, places)
}

function add(design: Design, table: 'elements' | 'flows' | 'boundaries' | 'data', fields: Fields, stamp: Stamp): Edit {
  return putRow(design, table, { ...fields, id: freshId(design, table, stamp), provenance: provenanceOf(stamp) })
}

function drawn(design: Design, added: Edit, on: Spot | undefined): Edit {
  const id = added.ok ? addedId(added.value) : undefined
  if (!added.ok || !on || id === undefined) return added
  const { diagram, ...place } = on
  if (!hasRow(design.diagrams, diagram)) return refuse(missing(diagram))
  const placed = placeChanges(design, diagram, [{ id, ...place }])
  return placed.ok ? ok([...added.value, ...placed.value]) : placed
}

function moveChange(id: string, boundary: string): Change {
  return { kind: 'patch', table: id.startsWith('B-') ? 'boundaries' : 'elements', id, fields: { [parentField(id)]: boundary } }
}

function parentField(id: string): 'parent' | 'boundary' {
  return id.startsWith('B-') ? 'parent' : 'boundary'
}

function commonParent(design: Design, ids: readonly string[]): string | undefined {
  const [first, ...rest] = new Set(
    ids.map(id => (id.startsWith('B-') ? design.boundaries[id]?.parent : design.elements[id]?.boundary)),
  )
  return rest.length === 0 ? first : undefined
}

function notAnElement(design: Design, id: string) {
  if (!entityOf(design, id)) return missing(id)
  return { code: 'dfd.flow.end', at: id, message: `${id} is no element; flows run between elements.`, cure: 'Choose an element.' }
}

function inItself(design: Design, id: string) {
  return {
    code: 'dfd.boundary.inItself',
    at: id,
    message: `"${design.boundaries[id]?.name ?? id}" would lie inside itself.`,
    cure: 'Choose a boundary outside it.',
  }
}
