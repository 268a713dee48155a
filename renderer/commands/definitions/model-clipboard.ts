import type { Point } from '../../../core/dfd/geometry.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { ok } from '../../../core/support/result.ts'
import { copyText, countDecisions, pasteSelection, readSelection, type Selection } from '../../../core/threats/clipboard.ts'
import { canvasPort } from '../../canvas/canvas-port.ts'
import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, type Effect, notNow, plan, session, write } from '../command.ts'
import { drawingBoard } from './drawing-board.ts'
import { removeObjects } from './model.ts'

/** Selects everything that is drawn. */
export const selectAll: Command = {
  id: 'canvas.selectAll',
  category: 'Canvas',
  title: 'Select everything',
  keys: [{ chord: 'Mod+A', place: 'canvas' }],
  plan: ({ design, session: now }) => {
    const { boxes, flows } = drawingOf(design, diagramShown(design, now.diagram))
    if (boxes.length === 0) return notNow(t('There is nothing to select yet.'))
    const ids = [...boxes, ...flows].map(one => one.id)
    return plan(session({ tool: 'select', selection: ids }), {
      kind: 'say',
      text: t('{{count}} things selected.', { count: ids.length }),
    })
  },
}

/** The keyboard twin of clicking with Shift or drawing a box: things are added by their name. */
export const addToSelection: Command = {
  id: 'canvas.addToSelection',
  category: 'Canvas',
  title: 'Add to selection…',
  keys: [{ chord: 'A', place: 'canvas' }],
  plan: ({ design, session: now }) =>
    drawingOf(design, diagramShown(design, now.diagram)).boxes.length > 0
      ? plan(session({ dialog: { kind: 'addToSelection' } }))
      : notNow(t('There is nothing to select yet.')),
}

/** Selects one more thing. */
export const alsoSelect: Command<string> = {
  id: 'canvas.alsoSelect',
  category: 'Canvas',
  title: 'Add to selection',
  plan: ({ design, session: now }, id) => {
    const selection = [...now.selection.filter(one => one !== id), id]
    return plan(session({ selection, dialog: undefined }), {
      kind: 'say',
      text: t('{{name}} added; {{count}} things selected.', { name: labelOf(design, id), count: selection.length }),
    })
  },
}

/** Copies what is selected, with all that lies in it and the flows between. */
export const copySelected: Command = {
  id: 'model.copy',
  category: 'Model',
  title: 'Copy selection',
  keys: [{ chord: 'Mod+C', place: 'canvas' }],
  plan: context => {
    const copy = copyOf(context)
    return copy ? plan(copy) : notNow(t('Select something on the drawing first.'))
  },
}

/** Copies what is selected and removes it. */
export const cutSelected: Command = {
  id: 'model.cut',
  category: 'Model',
  title: 'Cut selection',
  keys: [{ chord: 'Mod+X', place: 'canvas' }],
  plan: context => {
    const copy = copyOf(context)
    if (!copy) return notNow(t('Select something on the drawing first.'))
    const removed = removeObjects.plan(context, context.session.selection)
    return removed.ok ? ok([copy, ...removed.value]) : removed
  },
}

/** Pastes what the clipboard holds. Its keys are the browser's own, which hands the text over without asking. */
export const pasteClipboard: Command = {
  id: 'model.paste',
  category: 'Model',
  title: 'Paste',
  keys: [{ chord: 'Mod+V', place: 'canvas' }],
  plan: () => plan({ kind: 'readClipboard' }),
}

/** Pastes a text; where decisions came with it, the person is asked whether to carry them. */
export const pasteText: Command<string> = {
  id: 'model.pasteText',
  category: 'Model',
  title: 'Paste',
  plan: (context, text) => {
    const read = readSelection(text)
    if (!read.ok) return read
    const at = placeFor(read.value)
    if (!read.value) return notNow(t('The clipboard holds nothing that was copied from a drawing.'))
    if (countDecisions(read.value) > 0) return plan(session({ dialog: { kind: 'paste', text, at } }))
    return paste(context, read.value, { at, carry: false })
  },
}

/** Pastes with or without the decisions, as one step. */
export const pasteWith: Command<{ readonly text: string; readonly at: Point | undefined; readonly carry: boolean }> = {
  id: 'model.pasteWith',
  category: 'Model',
  title: 'Paste',
  plan: (context, { text, at, carry }) => {
    const read = readSelection(text)
    if (!read.ok) return read
    return read.value ? paste(context, read.value, { at, carry }) : notNow(t('The clipboard holds something else by now.'))
  },
}

function copyOf({ design, session: now }: Context): Effect | undefined {
  const text = copyText(design, { ids: now.selection, diagram: diagramShown(design, now.diagram)?.id })
  if (text === undefined) return undefined
  const count = now.selection.filter(id => /^[EFB]-/.test(id)).length
  return { kind: 'copy', text, said: t('Copied {{count}} things.', { count }) }
}

/** Beside the originals where those are in view, else in the middle of what the person sees. */
function placeFor(selection: Selection | undefined): Point | undefined {
  const port = canvasPort()
  if (!selection || !port) return undefined
  return port.sees(selection.drawn.places) ? undefined : port.centre()
}

function paste(
  context: Context,
  selection: Selection,
  { at, carry }: { readonly at: Point | undefined; readonly carry: boolean },
) {
  const board = drawingBoard(context)
  const pasted = pasteSelection(board.design, selection, { diagram: board.diagram, at, carry }, context.stamp)
  if (!pasted.ok) return pasted
  const { changes, ids } = pasted.value
  const { elements, boundaries, flows } = selection.drawn
  const made = [...boundaries, ...elements, ...flows].map(row => ids.get(row.id) as string)
  const count = made.length
  return write(
    t('paste {{count}} things', { count }),
    ok([...board.before, ...changes]),
    session({ step: 'model', dialog: undefined, tool: 'select', selection: made }),
    { kind: 'reveal', ids: made },
    { kind: 'focus', name: context.session.modelView },
    {
      kind: 'say',
      text: carry ? t('Pasted {{count}} things with their decisions.', { count }) : t('Pasted {{count}} things.', { count }),
    },
  )
}
