import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { EditorView, GutterMarker, gutter, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { KeptLine } from '../../core/dfd/mermaid-source.ts'
import { t } from '../words/translate.ts'
import styles from './source-editor.module.css'

type Props = {
  readonly label: string
  readonly text: string
  /** Lines that the model has no place for, marked in the gutter. */
  readonly remarks: readonly KeptLine[]
  readonly onChange: (text: string) => void
  readonly onApply: () => void
}

/**
 * A text editor. It lives in a shadow root, where its style sheets are adopted instead of written into the page, which the content
 * security policy forbids. Tab leaves it, so nobody is caught.
 */
export function SourceEditor({ label, text, remarks, onChange, onApply }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useEffectEvent(onChange)
  const applied = useEffectEvent(onApply)
  useEffect(() => {
    const host = place.current
    if (!host) return undefined
    const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      root: shadow,
      parent: shadow,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          REMARKS,
          remarkGutter,
          history(),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                applied()
                return true
              },
            },
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...historyKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of(update => {
            if (update.docChanged && !update.transactions.some(one => one.isUserEvent('tell')))
              changed(update.state.doc.toString())
          }),
          LOOK,
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [label])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === text) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, userEvent: 'tell' })
  }, [text])

  useEffect(() => view.current?.dispatch({ effects: setRemarks.of(remarks) }), [remarks])

  // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the editor inside; here they are only kept from the shortcuts
  return <div ref={place} className={styles.editor} data-focus="mermaid" onKeyDown={keepTyping} />
}

/** Letters and undo belong to the text; the other chords reach the window. */
function keepTyping(event: React.KeyboardEvent): void {
  const isChord = (event.ctrlKey || event.metaKey) && !['z', 'y', 'Z', 'Y', 'd', 'Enter'].includes(event.key)
  if (!isChord && event.key !== 'F6' && event.key !== 'F1') event.nativeEvent.stopPropagation()
}

const setRemarks = StateEffect.define<readonly KeptLine[]>()

class Remark extends GutterMarker {
  readonly why: string
  constructor(why: string) {
    super()
    this.why = why
  }
  override eq(other: Remark): boolean {
    return other.why === this.why
  }
  override toDOM(): Node {
    const mark = document.createElement('span')
    mark.textContent = '○'
    mark.title = t('Stays text: {{why}}', { why: this.why })
    return mark
  }
}

const REMARKS = StateField.define<RangeSet<Remark>>({
  create: () => RangeSet.empty,
  update: (marks, transaction) => {
    const told = transaction.effects.find(effect => effect.is(setRemarks))
    if (!told) return marks.map(transaction.changes)
    const { doc } = transaction.state
    const lines = (told.value as readonly KeptLine[]).filter(({ line }) => line <= doc.lines)
    return RangeSet.of(
      lines.map(({ line, why }) => new Remark(why).range(doc.line(line).from)),
      true,
    )
  },
})

const remarkGutter = gutter({ class: 'remarks', markers: view => view.state.field(REMARKS) })

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--ink)', backgroundColor: 'var(--sunken)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--faint)', border: 'none' },
  '.remarks': { width: '18px', color: 'var(--warn)', textAlign: 'center', cursor: 'help' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--selected)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
})
