import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/**
 * An editor in a shadow root of its place: there its style sheets are adopted instead of written into the page, which the
 * content security policy forbids.
 */
export function editorIn(place: HTMLElement, doc: string, extensions: readonly Extension[]): EditorView {
  const shadow = place.shadowRoot ?? place.attachShadow({ mode: 'open', delegatesFocus: true })
  const state = EditorState.create({ doc, extensions: [EditorView.lineWrapping, LOOK, ...extensions] })
  const view = new EditorView({ root: shadow, parent: shadow, state })
  // Focus that comes to the place lands on the first thing in it that can have it, which is the frame around the text.
  view.scrollDOM.addEventListener('focus', () => view.focus())
  return view
}

/** Letters, undo and the keys of the editor belong to the text; the other chords reach the window. */
export function keepTyping(event: React.KeyboardEvent): void {
  const isChord = (event.ctrlKey || event.metaKey) && !['z', 'y', 'Z', 'Y', 'd', 'a', 'Enter'].includes(event.key)
  if (!isChord && !event.altKey && event.key !== 'F6' && event.key !== 'F1') event.nativeEvent.stopPropagation()
}

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--ink)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0 32px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--faint)', border: 'none' },
  '.cm-line': { overflowWrap: 'anywhere' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--selected)' },
  '.fixed': { color: 'var(--mute)', backgroundColor: 'var(--sunken)', cursor: 'not-allowed' },
  '.cm-deletedChunk, .cm-deletedLine': { backgroundColor: 'var(--bad-soft)', color: 'var(--bad)' },
  '.cm-deletedChunk .cm-deletedText': { background: 'none', textDecoration: 'line-through' },
  '.cm-deletedChunk del': { textDecoration: 'none' },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--good-soft)' },
  '&.cm-merge-b .cm-changedText': { background: 'none', color: 'var(--good)', textDecoration: 'underline' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--good)' },
  '.cm-deletedLineGutter': { background: 'var(--bad)' },
  '.cm-collapsedLines': {
    padding: '4px 12px',
    background: 'var(--sunken)',
    color: 'var(--mute)',
    fontFamily: 'var(--font)',
    fontSize: '11px',
    '&:before, &:after': { content: '""', margin: '0' },
  },
})
