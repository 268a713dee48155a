import { changesFromMermaid, type FromMermaid } from '../../../core/dfd/from-mermaid.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { sizeOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Effect, notNow, plan } from '../command.ts'
import { drawingBoard } from './drawing-board.ts'

/** Makes the diagram in view say what an edited text says: one step, whatever it adds, renames and removes. */
export const applyMermaid: Command<string> = {
  id: 'model.applyMermaid',
  category: 'Model',
  title: 'Apply Mermaid text',
  plan: (context, text) => {
    const board = drawingBoard(context)
    const read = changesFromMermaid(board.design, { text, diagram: board.diagram }, context.stamp)
    if (!read.ok) return read
    const kept = keptTexts(read.value)
    const isKeptAnew = JSON.stringify(kept) !== JSON.stringify(keptLines(board.design, board.diagram))
    const changes = [
      ...board.before,
      ...read.value.changes,
      ...(isKeptAnew ? [keep(board.diagram, kept.length > 0 ? kept : undefined)] : []),
    ]
    if (changes.length === board.before.length) return notNow(t('The text says what the model says already.'))
    const isFirst = sizeOf(context.design.elements) === 0
    return plan(
      { kind: 'write', label: t('edit as Mermaid'), changes },
      { kind: 'say', text: saidOf(read.value) },
      ...(isFirst ? [{ kind: 'canvas', what: 'tidy' } satisfies Effect] : []),
    )
  },
}

function keep(diagram: string, lines: readonly string[] | undefined) {
  return { kind: 'patch', table: 'diagrams', id: diagram, fields: { 'foreign/mermaid': lines } } as const
}

/** Lines of the text that stay text; an unclosed subgraph is part of the model. */
function keptTexts({ kept }: FromMermaid): readonly string[] {
  return kept.flatMap(({ text }) => (text === '' || text.startsWith('subgraph ') ? [] : [text]))
}

/** Lines that a person wrote and the model has no place for. */
export function keptLines(design: Design, diagram: string | undefined): readonly string[] {
  const lines = diagram === undefined ? undefined : design.diagrams[diagram]?.foreign?.mermaid
  return Array.isArray(lines) ? lines.filter(line => typeof line === 'string') : []
}

/** The diagram as text, with the lines that are only text at the end. */
export function mermaidOf(design: Design, diagram: string | undefined): string {
  const kept = keptLines(design, diagram)
  return toMermaid(design, diagram) + kept.map(line => `  ${line}\n`).join('')
}

/** What a text does, in one sentence. */
export function saidOf({ added, changed, removed, kept }: Pick<FromMermaid, 'added' | 'changed' | 'removed' | 'kept'>): string {
  const parts = [
    added > 0 ? t('{{count}} added', { count: added }) : '',
    changed > 0 ? t('{{count}} changed', { count: changed }) : '',
    removed > 0 ? t('{{count}} removed', { count: removed }) : '',
    kept.length > 0 ? t('{{count}} lines stay text', { count: kept.length }) : '',
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(', ')}.` : t('Nothing changes.')
}
