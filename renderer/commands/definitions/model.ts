import { dropOn } from '../../../core/dfd/diagram-edits.ts'
import {
  addBoundary,
  addElement,
  addedId,
  connect,
  moveToBoundary,
  placeOn,
  removeEntities,
  renameEntity,
  setFields,
} from '../../../core/dfd/edits.ts'
import { BOUNDARY_SIZE, ELEMENT_SIZE, type Point } from '../../../core/dfd/geometry.ts'
import { applyChanges, type Change, type Fields } from '../../../core/model/change.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Design, Element } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { type DrawnBox, diagramShown, drawingOf, withContents } from '../../canvas/drawing.ts'
import { freeSpot, spotBeside } from '../../canvas/free-spot.ts'
import { ADD_CONNECTED_LABELS, ADD_LABELS, kindName } from '../../state/words.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, type Effect, notNow, plan, session, write } from '../command.ts'
import { drawingBoard } from './drawing-board.ts'

/** Where a box was put, in coordinates of the drawing; its size only when that changed too. */
export type MovedBox = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width?: number
  readonly height?: number
}

/** Names to type over; what goes into the design is in its language and never translated (decision 0013). */
const FRESH_NAMES = {
  process: 'New process',
  dataStore: 'New data store',
  externalEntity: 'New external entity',
  boundary: 'New trust boundary',
} as const

/** What is put where: around a point, or next to the element that lies there already. */
type Placing = { readonly kind: Element['kind'] | 'boundary'; readonly at: Point; readonly beside?: string }

/** Draws a new element or boundary, selects it and lets its name be typed. */
export const placeThing: Command<Placing> = {
  id: 'model.place',
  category: 'Model',
  title: 'Place',
  plan: (context, { kind, at, beside }) => {
    const board = drawingBoard(context)
    const size = kind === 'boundary' ? BOUNDARY_SIZE : ELEMENT_SIZE
    const near = { x: at.x - size.width / 2, y: at.y - size.height / 2 }
    const { boxes } = board.drawing
    const next = kind === 'boundary' || beside === undefined ? undefined : spotBeside(boxes, beside, size)
    const spot = next ?? (kind === 'boundary' ? near : freeSpot(boxes, near, size))
    const on = { diagram: board.diagram, x: Math.round(spot.x), y: Math.round(spot.y), ...size }
    const name = FRESH_NAMES[kind]
    const edit =
      kind === 'boundary'
        ? addBoundary(board.design, { name, kind: 'network', on, contains: freeInside(context, on) }, context.stamp)
        : addElement(board.design, { name, kind, on }, context.stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write(
      ADD_LABELS[kind],
      prefixed(board.before, edit),
      session({ tool: 'select', selection: id ? [id] : [], renaming: id }),
      ...(next && id ? [{ kind: 'reveal', ids: [id] } as const] : []),
      {
        kind: 'say',
        text: next
          ? t('{{kind}} added beside {{name}}. Type its name.', {
              kind: kindName(kind),
              name: labelOf(context.design, beside ?? ''),
            })
          : t('{{kind}} added. Type its name.', { kind: kindName(kind) }),
      },
    )
  },
}

/** Draws a boundary around what is selected, and lets its name be typed. */
export const encloseSelected: Command = {
  id: 'model.enclose',
  category: 'Model',
  title: 'Draw trust boundary around the selection',
  plan: context => {
    const board = drawingBoard(context)
    const around = enclosable(context)
    if (around.length === 0) return notNow(t('Select the elements that the boundary goes around.'))
    const on = { diagram: board.diagram, ...boxAround(around) }
    const name = FRESH_NAMES.boundary
    const edit = addBoundary(board.design, { name, kind: 'network', on, contains: around.map(box => box.id) }, context.stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write(
      ADD_LABELS.boundary,
      prefixed(board.before, edit),
      session({ tool: 'select', selection: id ? [id] : [], renaming: id }),
      { kind: 'say', text: t('{{kind}} added. Type its name.', { kind: kindName('boundary') }) },
    )
  },
}

/** The selected boxes of the drawing that no other selected box holds. */
export function enclosable({ design, session: now }: Pick<Context, 'design' | 'session'>): readonly DrawnBox[] {
  const chosen = new Set(now.selection)
  const { boxes } = drawingOf(design, diagramShown(design, now.diagram))
  return boxes.filter(box => chosen.has(box.id) && !(box.parent !== undefined && chosen.has(box.parent)))
}

const ROOM = 32

/** The rectangle around boxes, with room for the name of a boundary above them. */
function boxAround(boxes: readonly DrawnBox[]) {
  const left = Math.min(...boxes.map(box => box.x)) - ROOM
  const top = Math.min(...boxes.map(box => box.y)) - ROOM - 16
  const right = Math.max(...boxes.map(box => box.x + box.width)) + ROOM
  const bottom = Math.max(...boxes.map(box => box.y + box.height)) + ROOM
  return { x: Math.round(left), y: Math.round(top), width: Math.round(right - left), height: Math.round(bottom - top) }
}

/** Elements in no boundary whose middle lies in the new box. */
function freeInside(
  { design, session: now }: Context,
  box: Point & { readonly width: number; readonly height: number },
): readonly string[] {
  const drawing = drawingOf(design, diagramShown(design, now.diagram))
  return drawing.boxes
    .filter(one => one.kind !== 'boundary' && one.parent === undefined)
    .filter(one => {
      const x = one.x + one.width / 2
      const y = one.y + one.height / 2
      return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height
    })
    .map(one => one.id)
}

/** Writes where boxes were put; what was dropped into another boundary now belongs there. */
export const moveBoxes: Command<readonly MovedBox[]> = {
  id: 'model.move',
  category: 'Model',
  title: 'Move',
  plan: (context, moved) => {
    const board = drawingBoard(context)
    const dropped = dropOn(board.design, { diagram: board.diagram, places: carried(context, moved) })
    if (!dropped.ok) return dropped
    const what = moved.length === 1 ? labelOf(context.design, moved[0]?.id ?? '') : t('{{count}} things', { count: moved.length })
    return plan(
      {
        kind: 'write',
        label: moved.some(box => box.width !== undefined) ? t('resize {{what}}', { what }) : t('move {{what}}', { what }),
        changes: [...board.before, ...dropped.value],
      },
      ...joins(board.design, dropped.value).map((text): Effect => ({ kind: 'say', text })),
    )
  },
}

/** What a drop says about membership, for people who do not see it. */
function joins(design: Design, changes: readonly Change[]): readonly string[] {
  return changes.flatMap(change => {
    if (change.kind !== 'patch' || (change.table !== 'elements' && change.table !== 'boundaries')) return []
    const around = change.fields.boundary ?? change.fields.parent
    return [
      typeof around === 'string'
        ? t('{{name}} is now in {{boundary}}.', { name: labelOf(design, change.id), boundary: labelOf(design, around) })
        : t('{{name}} is now in no boundary.', { name: labelOf(design, change.id) }),
    ]
  })
}

/** A moved boundary takes along what lies in it and was not moved itself. */
function carried({ design, session: now }: Context, moved: readonly MovedBox[]): readonly MovedBox[] {
  const drawing = drawingOf(design, diagramShown(design, now.diagram))
  const boxes = new Map(drawing.boxes.map(box => [box.id, box]))
  const own = new Set(moved.map(box => box.id))
  const along = moved.flatMap(box => {
    const before = boxes.get(box.id)
    if (before?.kind !== 'boundary' || box.width !== undefined) return []
    const delta = { x: box.x - before.x, y: box.y - before.y }
    return withContents(drawing, [box.id]).flatMap(id => {
      const inner = boxes.get(id)
      return inner && !own.has(id) ? [{ id, x: inner.x + delta.x, y: inner.y + delta.y }] : []
    })
  })
  return [...moved, ...along]
}

/** Draws a flow between two elements; it is named after its ends until somebody names it. */
export const connectElements: Command<{ readonly source: string; readonly target: string }> = {
  id: 'model.connectTo',
  category: 'Model',
  title: 'Connect',
  plan: (context, ends) => {
    const board = drawingBoard(context)
    const edit = connect(board.design, { ...ends, on: { diagram: board.diagram } }, context.stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write(
      t('add data flow'),
      prefixed(board.before, edit),
      session({ tool: 'select', dialog: undefined, selection: id ? [id] : [] }),
      {
        kind: 'say',
        text: t('Data flow from {{source}} to {{target}} added.', {
          source: labelOf(context.design, ends.source),
          target: labelOf(context.design, ends.target),
        }),
      },
    )
  },
}

/** Draws a new element around a point and the flow that leads to it, as one step: the end of a drag onto empty space. */
export const placeConnected: Command<{ readonly source: string; readonly kind: Element['kind']; readonly at: Point }> = {
  id: 'model.placeConnected',
  category: 'Model',
  title: 'Place and connect',
  plan: (context, { source, kind, at }) => {
    const board = drawingBoard(context)
    const near = { x: at.x - ELEMENT_SIZE.width / 2, y: at.y - ELEMENT_SIZE.height / 2 }
    const spot = freeSpot(board.drawing.boxes, near, ELEMENT_SIZE)
    const on = { diagram: board.diagram, x: Math.round(spot.x), y: Math.round(spot.y), ...ELEMENT_SIZE }
    const name = FRESH_NAMES[kind]
    const added = addElement(board.design, { name, kind, on }, context.stamp)
    const target = added.ok ? addedId(added.value) : undefined
    if (!added.ok) return added
    if (target === undefined) throw new Error('placeConnected: an element was added without an id')
    const ends = { source, target, on: { diagram: board.diagram } }
    const flow = connect(applyChanges(board.design, added.value), ends, context.stamp)
    if (!flow.ok) return flow
    return write(
      ADD_CONNECTED_LABELS[kind],
      prefixed(board.before, ok([...added.value, ...flow.value])),
      session({ tool: 'select', dialog: undefined, selection: [target], renaming: target }),
      { kind: 'reveal', ids: [target] },
      {
        kind: 'say',
        text: t('{{kind}} added with a data flow from {{source}}. Type its name.', {
          kind: kindName(kind),
          source: labelOf(context.design, source),
        }),
      },
    )
  },
}

/** Gives an object of the model another name. */
export const renameObject: Command<{ readonly id: string; readonly name: string }> = {
  id: 'model.renameTo',
  category: 'Model',
  title: 'Rename',
  plan: ({ design }, { id, name }) =>
    write(t('rename {{name}}', { name: labelOf(design, id) }), renameEntity(design, { id, name: name.trim() }), {
      kind: 'say',
      text: t('Named {{name}}.', { name: name.trim() }),
    }),
}

/** Turns a name on the canvas into a field. */
export const startRenaming: Command<string> = {
  id: 'model.startRenaming',
  category: 'Model',
  title: 'Rename',
  plan: (_context, id) => plan(session({ renaming: id, selection: [id] })),
}

/** Turns the field back into a name. */
export const stopRenaming: Command = {
  id: 'model.stopRenaming',
  category: 'Model',
  title: 'Stop renaming',
  plan: () => plan(session({ renaming: undefined })),
}

/** Sets fields of one object of the model. */
export const editObject: Command<{ readonly id: string; readonly fields: Fields; readonly label: string }> = {
  id: 'model.edit',
  category: 'Model',
  title: 'Edit',
  plan: ({ design }, { id, fields, label }) =>
    write(t('{{field}} of {{name}}', { field: label, name: labelOf(design, id) }), setFields(design, { id, fields })),
}

/** Says in which boundary things lie, or in none. */
export const moveInto: Command<{ readonly ids: readonly string[]; readonly boundary: string | undefined }> = {
  id: 'model.moveInto',
  category: 'Model',
  title: 'Move to boundary',
  plan: ({ design }, { ids, boundary }) =>
    write(t('move to boundary'), moveToBoundary(design, { ids, boundary }), session({ dialog: undefined }), {
      kind: 'say',
      text: boundary
        ? t('{{name}} is now in {{boundary}}.', { name: namesOf(design, ids), boundary: labelOf(design, boundary) })
        : t('{{name}} is now in no boundary.', { name: namesOf(design, ids) }),
    }),
}

/** Removes objects of the model with what hangs on them. */
export const removeObjects: Command<readonly string[]> = {
  id: 'model.removeObjects',
  category: 'Model',
  title: 'Remove',
  plan: ({ design, session: now }, ids) => {
    const some = ids.filter(id => /^[EFBD]-/.test(id))
    if (some.length === 0) return notNow(t('Select something on the drawing first.'))
    const what = some.length === 1 ? labelOf(design, some[0] ?? '') : t('{{count}} things', { count: some.length })
    return write(
      t('remove {{what}}', { what }),
      removeEntities(design, { ids: some }),
      session({ selection: [] }),
      { kind: 'focus', name: now.modelView },
      {
        kind: 'say',
        text: t('Removed {{what}}. Undo brings it back.', { what }),
      },
    )
  },
}

/** Writes the layout that the engine found, as one step. */
export const writeTidy: Command<readonly (Partial<MovedBox> & { readonly id: string })[]> = {
  id: 'model.writeTidy',
  category: 'Model',
  title: 'Tidy',
  plan: (context, places) => {
    const board = drawingBoard(context)
    const placed = placeOn(board.design, { diagram: board.diagram, places })
    const edit = prefixed(board.before, placed)
    if (!edit.ok) return edit
    return plan(
      { kind: 'write', label: t('tidy the drawing'), changes: edit.value, inParts: true },
      { kind: 'canvas', what: 'fit' },
      { kind: 'say', text: t('The drawing is tidied.') },
    )
  },
}

function namesOf(design: Design, ids: readonly string[]): string {
  return ids.map(id => labelOf(design, id)).join(', ')
}

function prefixed(before: readonly Change[], edit: Result<readonly Change[]>): Result<readonly Change[]> {
  return edit.ok && before.length > 0 ? ok([...before, ...edit.value]) : edit
}
