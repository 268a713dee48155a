import { defaultKeymap } from '@codemirror/commands'
import { goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { t } from '../../words/translate.ts'
import styles from './prompt-edit.module.css'
import { editorIn, keepTyping } from './text-editor.ts'

type Props = {
  /** As it is generated now. */
  readonly generated: string
  /** As it would stand. */
  readonly text: string
}

/** The text as it would stand, with the generated lines that it replaces above its own; read, not typed in. */
export function PromptDifference({ generated, text }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return undefined
    const editor = editorIn(place.current, text, [
      lineNumbers(),
      EditorState.readOnly.of(true),
      EditorState.phrases.of({ '$ unchanged lines': t('unchanged lines: $') }),
      keymap.of([
        { key: 'F7', run: goToNextChunk, shift: goToPreviousChunk },
        ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      ]),
      unifiedMergeView({ original: generated, mergeControls: false, collapseUnchanged: { margin: 2, minSize: 4 } }),
      EditorView.contentAttributes.of({ 'aria-label': t('What differs from the generated text'), tabindex: '0' }),
    ])
    return () => editor.destroy()
  }, [generated, text])
  // biome-ignore lint/a11y/noStaticElementInteractions: see the editor
  return <div ref={place} className={styles.difference} data-focus="prompt difference" onKeyDown={keepTyping} />
}
