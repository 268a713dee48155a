import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffectEvent, useLayoutEffect, useRef } from 'react'
import { stopEditing, typeInPrompt } from '../../commands/definitions/prompt-edit.ts'
import type { PromptDraft } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import { fixedLines, fixedNow } from './fixed-lines.ts'
import styles from './prompt-edit.module.css'
import { editorIn, keepTyping } from './text-editor.ts'

/** The prompt as text to type in. Tab leaves it, so nobody is caught; Ctrl Enter keeps it. */
export function PromptEditor({ draft }: { readonly draft: PromptDraft }) {
  const place = useRef<HTMLDivElement>(null)
  const run = useRun()
  const begin = useEffectEvent(() => draft)
  const typed = useEffectEvent((text: string, fixed: readonly number[]) => run(typeInPrompt, { text, fixed }))
  const stopped = useEffectEvent(() => run(stopEditing))
  // Before the window paints: whoever asks for the focus finds an editor that takes it.
  useLayoutEffect(() => {
    if (!place.current) return undefined
    const { text, fixed } = begin()
    const editor = editorIn(place.current, text, [
      lineNumbers(),
      history(),
      fixedLines(fixed),
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            stopped()
            return true
          },
        },
        ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
        ...historyKeymap,
      ]),
      EditorView.contentAttributes.of({ 'aria-label': t('The prompt, edited by hand'), tabindex: '0' }),
      EditorView.updateListener.of(update => {
        if (update.docChanged) typed(update.state.doc.toString(), fixedNow(update.state))
      }),
    ])
    return () => editor.destroy()
  }, [])
  // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the editor inside; here they are only kept from the shortcuts
  return <div ref={place} className={styles.editor} data-focus="prompt editor" onKeyDown={keepTyping} />
}
