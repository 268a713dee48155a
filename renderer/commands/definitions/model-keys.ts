import { withInside } from '../../../core/dfd/copied.ts'
import { duplicateEntities } from '../../../core/dfd/duplicate.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { sizeOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import type { ModelView, Tool } from '../../state/session.ts'
import { kindName } from '../../state/words.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'
import { enclosable, moveBoxes, removeObjects } from './model.ts'

function tool(chord: string, tool: Exclude<Tool, 'select'>, title: string): Command {
  return {
    id: `canvas.${tool}`,
    category: 'Model',
    title,
    keys: [{ chord, place: 'canvas' }],
    plan: context => {
      const { session: now } = context
      if (tool === 'flow' && now.selection.some(id => id.startsWith('E-'))) return connectFrom(now.selection)
      const text =
        tool === 'flow'
          ? t('Choose where the flow starts, then where it ends.')
          : tool === 'boundary' && enclosable(context).length > 1
            ? t('Press Enter to draw it around what is selected, or click where it belongs.')
            : t('{{kind}}: click where it belongs, or press Enter.', { kind: kindName(tool) })
      return plan(session({ step: 'model', modelView: 'canvas', tool }), { kind: 'focus', name: 'canvas' }, { kind: 'say', text })
    },
  }
}

function connectFrom(selection: readonly string[]) {
  const source = selection.find(id => id.startsWith('E-'))
  return source ? plan(session({ dialog: { kind: 'connect', source } })) : notNow(t('Select the element the flow starts at.'))
}

/** One tool for each thing that can be drawn. */
export const TOOLS: readonly Command[] = [
  tool('P', 'process', 'Draw process'),
  tool('S', 'dataStore', 'Draw data store'),
  tool('E', 'externalEntity', 'Draw external entity'),
  tool('B', 'boundary', 'Draw trust boundary'),
  tool('F', 'flow', 'Draw data flow'),
]

/** The keyboard twin of dragging from a grip. */
export const connectSelected: Command = {
  id: 'model.connect',
  category: 'Model',
  title: 'Connect to…',
  keys: [{ chord: 'C', place: 'canvas' }],
  plan: ({ session: now }) => connectFrom(now.selection),
}

/** The keyboard twin of dragging into a boundary. */
export const moveSelectedTo: Command = {
  id: 'model.moveTo',
  category: 'Model',
  title: 'Move to boundary…',
  keys: [{ chord: 'M', place: 'canvas' }],
  plan: ({ session: now }) => {
    const elements = now.selection.filter(id => /^[EB]-/.test(id))
    return elements.length > 0
      ? plan(session({ dialog: { kind: 'moveTo', elements } }))
      : notNow(t('Select the element to move.'))
  },
}

/** Enter: puts the armed tool's thing in the middle, else opens the inspector of what is selected. */
export const enterSelected: Command = {
  id: 'model.inspect',
  category: 'Model',
  title: 'Inspect selection',
  keys: [{ chord: 'Enter', place: 'canvas' }],
  plan: ({ session: now }) => {
    if (now.tool !== 'select' && now.tool !== 'flow') return plan({ kind: 'canvas', what: 'add' })
    if (now.selection.length === 0) return notNow(t('Select something first.'))
    return plan(session({ inspector: true }), { kind: 'focus', name: 'inspector' })
  },
}

/** Lets the name be typed where it stands. */
export const renameSelected: Command = {
  id: 'model.rename',
  category: 'Model',
  title: 'Rename selection',
  keys: [{ chord: 'F2', place: 'canvas' }],
  plan: ({ session: now }) => {
    const [id] = now.selection
    if (!id) return notNow(t('Select something first.'))
    if (id.startsWith('F-') || now.modelView !== 'canvas')
      return plan(session({ inspector: true, inspectorTab: 'info' }), { kind: 'focus', name: 'inspector' })
    return plan(session({ renaming: id }))
  },
}

/** Removes what is selected, with the flows that would hang. */
export const removeSelected: Command = {
  id: 'model.remove',
  category: 'Model',
  title: 'Remove selection',
  keys: [
    { chord: 'Delete', place: 'canvas' },
    { chord: 'Backspace', place: 'canvas' },
  ],
  plan: context => removeObjects.plan(context, context.session.selection),
}

/** Copies what is selected, with the flows between. */
export const duplicateSelected: Command = {
  id: 'model.duplicate',
  category: 'Model',
  title: 'Duplicate selection',
  keys: [{ chord: 'Mod+D', place: 'canvas' }],
  plan: ({ design, session: now, stamp }) => {
    const ids = withInside(design, now.selection)
    if (ids.length === 0) return notNow(t('Select something first.'))
    const copies = duplicateEntities(design, { ids, diagram: diagramShown(design, now.diagram)?.id }, stamp)
    const made = copies.ok
      ? copies.value.flatMap(change => (change.kind === 'put' && isDrawn(change.row.id) ? [change.row.id] : []))
      : []
    return write(t('duplicate'), copies, session({ selection: made }), {
      kind: 'say',
      text: t('Duplicated {{count}} things, without their decisions.', { count: made.length }),
    })
  },
}

/** How much a boundary grows on each side. */
const GROWTH = 16
const LEAST = { width: 120, height: 80 }

/** The keyboard twin of dragging the corners of a boundary. */
function resizeCommand(id: string, title: string, chord: string, by: number): Command {
  return {
    id,
    category: 'Model',
    title,
    keys: [{ chord, place: 'canvas' }],
    plan: context => {
      const { design, session: now } = context
      const { boxes } = drawingOf(design, diagramShown(design, now.diagram))
      const chosen = boxes.filter(box => box.kind === 'boundary' && !box.line && now.selection.includes(box.id))
      if (chosen.length === 0) return notNow(t('Select a boundary first.'))
      const resized = chosen.map(({ id, x, y, width, height }) => ({
        id,
        x: x - by,
        y: y - by,
        width: width + 2 * by,
        height: height + 2 * by,
      }))
      if (resized.some(box => box.width < LEAST.width || box.height < LEAST.height))
        return notNow(t('The boundary is as small as it can be.'))
      return moveBoxes.plan(context, resized)
    },
  }
}

/** Makes the selected boundaries larger, and smaller again. */
export const enlargeSelected = resizeCommand('model.enlarge', 'Make boundary larger', ']', GROWTH)
export const shrinkSelected = resizeCommand('model.shrink', 'Make boundary smaller', '[', -GROWTH)

/** Lays the drawing out anew as one step. */
export const tidyDrawing: Command = {
  id: 'model.tidy',
  category: 'Model',
  title: 'Tidy the drawing',
  keys: [{ chord: 'Mod+Shift+L', place: 'everywhere' }],
  plan: context => (hasElements(context) ? plan({ kind: 'canvas', what: 'tidy' }) : notNow(t('There is nothing to tidy yet.'))),
}

/** Shows everything that is drawn. */
export const fitDrawing: Command = {
  id: 'canvas.fit',
  category: 'Canvas',
  title: 'Show everything',
  keys: [{ chord: '1', place: 'canvas' }],
  plan: () => plan({ kind: 'canvas', what: 'fit' }),
}

/** Shows what is selected, as large as it fits. */
export const fitSelection: Command = {
  id: 'canvas.fitSelection',
  category: 'Canvas',
  title: 'Show selection',
  keys: [{ chord: '2', place: 'canvas' }],
  plan: ({ session: now }) =>
    now.selection.length > 0 ? plan({ kind: 'canvas', what: 'fitSelection' }) : notNow(t('Nothing is selected.')),
}

/** Changes between the drawing and its twin for keyboards and screen readers. */
export const toggleOutline: Command = {
  id: 'model.outline',
  category: 'Model',
  title: 'Switch between canvas and outline',
  keys: [{ chord: 'O', place: 'canvas' }],
  plan: ({ session: now }) => {
    const modelView: ModelView = now.modelView === 'outline' ? 'canvas' : 'outline'
    return plan(session({ step: 'model', modelView }), { kind: 'focus', name: modelView })
  },
}

/** Copies the diagram in view as Mermaid text. */
export const copyMermaid: Command = {
  id: 'model.copyMermaid',
  category: 'Model',
  title: 'Copy as Mermaid',
  plan: ({ design, session: now }) =>
    plan({
      kind: 'copy',
      text: toMermaid(design, diagramShown(design, now.diagram)?.id),
      said: t('Copied the diagram as Mermaid.'),
    }),
}

/** Shows the model as drawing, outline or text. */
export const showModelAs: Command<ModelView> = {
  id: 'model.show',
  category: 'Model',
  title: 'Show model as',
  plan: (_context, modelView) => plan(session({ modelView })),
}

/** Shows another diagram of the design. */
export const showDiagram: Command<string> = {
  id: 'model.showDiagram',
  category: 'Model',
  title: 'Show diagram',
  plan: (_context, diagram) => plan(session({ diagram, selection: [] })),
}

function isDrawn(id: string): boolean {
  return /^[EFB]-[^.]+$/.test(id)
}

function hasElements({ design }: Context): boolean {
  return sizeOf((design satisfies Design).elements) > 0
}
