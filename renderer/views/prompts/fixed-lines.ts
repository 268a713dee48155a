import { EditorState, type Extension, RangeSet, StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { t } from '../../words/translate.ts'

const FIXED = Decoration.line({ class: 'fixed' })

/** Told by the one who sets the whole text: these lines are fixed now. */
const setFixed = StateEffect.define<readonly number[]>()

const fixedField = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update: (fixed, transaction) => {
    const told = transaction.effects.find(effect => effect.is(setFixed))
    return told ? marksOn(transaction.newDoc, told.value as readonly number[]) : fixed.map(transaction.changes)
  },
  provide: field => EditorView.decorations.from(field),
})

/** Lines that the program fills in: shown apart, and no typing changes them or parts two that stand together. */
export function fixedLines(lines: readonly number[]): Extension {
  return [
    fixedField.init(state => marksOn(state.doc, lines)),
    EditorState.transactionFilter.of(transaction => {
      if (!transaction.docChanged) return transaction
      const before = placesOf(transaction.startState.field(fixedField), transaction.startState.doc)
      const after = placesOf(transaction.startState.field(fixedField).map(transaction.changes), transaction.newDoc)
      const isKept =
        before.length === after.length &&
        before.every(({ text, line }, at) => after[at]?.text === text && staysWith(before[at - 1]?.line, line, after, at))
      return isKept ? transaction : { effects: EditorView.announce.of(t('This line is filled in by the program and stays.')) }
    }),
  ]
}

/** Indices of the fixed lines as they stand now. */
export function fixedNow(state: EditorState): readonly number[] {
  return placesOf(state.field(fixedField), state.doc).map(({ line }) => line)
}

type Place = { readonly line: number; readonly text: string }

/** Beside another fixed line, or at the start, a fixed line stays where it is. */
function staysWith(above: number | undefined, line: number, after: readonly Place[], at: number): boolean {
  const now = after[at]?.line ?? -1
  if (line === 0) return now === 0
  return above !== line - 1 || after[at - 1]?.line === now - 1
}

function marksOn(doc: Text, lines: readonly number[]): DecorationSet {
  return RangeSet.of(
    lines.filter(line => line < doc.lines).map(line => FIXED.range(doc.line(line + 1).from)),
    true,
  )
}

function placesOf(fixed: DecorationSet, doc: Text): readonly Place[] {
  const places: Place[] = []
  fixed.between(0, doc.length, from => {
    const line = doc.lineAt(from)
    // A mark that no longer stands at the start of a line has lost it.
    if (line.from === from) places.push({ line: line.number - 1, text: line.text })
  })
  return places
}
