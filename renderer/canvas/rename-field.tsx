import { useEffect, useRef, useState } from 'react'
import { renameObject, stopRenaming } from '../commands/definitions/model.ts'
import { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import styles from './shapes.module.css'

/** The name of a box, being typed on the canvas: Enter keeps it, Escape leaves the old one. */
export function RenameField({ id, name }: { readonly id: string; readonly name: string }) {
  const [draft, setDraft] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  const run = useRun()
  useEffect(() => {
    // The library puts focus on a new node in the same frame; the field comes after it.
    const frame = requestAnimationFrame(() => input.current?.select())
    return () => cancelAnimationFrame(frame)
  }, [])
  function end(keep: boolean) {
    const box = input.current?.closest<HTMLElement>('.react-flow__node')
    if (keep && draft.trim() && draft.trim() !== name) run(renameObject, { id, name: draft })
    run(stopRenaming)
    requestAnimationFrame(() => box?.focus())
  }
  return (
    <input
      ref={input}
      className={`${styles.rename} nodrag nopan`}
      aria-label={t('Name')}
      value={draft}
      onChange={event => setDraft(event.target.value)}
      onBlur={event => {
        const box = event.currentTarget.closest('.react-flow__node')
        if (box !== null && event.relatedTarget === box)
          event.currentTarget.focus() // the library focuses a new node late
        else end(true)
      }}
      onKeyDown={event => {
        event.stopPropagation()
        if (event.key === 'Enter') end(true)
        if (event.key === 'Escape') end(false)
      }}
    />
  )
}
