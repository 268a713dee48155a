import { type DragEvent, type ReactNode, useState } from 'react'
import { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import styles from './drop-target.module.css'
import { readFiles } from './read-file.ts'

/** The whole window takes a dropped model file; its keyboard twin is the import command. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  const run = useRun()
  const holdsFile = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's twin of the import command
    <div
      className={styles.target}
      onDragOver={event => {
        if (!holdsFile(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={event => {
        if (event.currentTarget === event.target) setOver(false)
      }}
      onDrop={event => {
        if (!holdsFile(event)) return
        event.preventDefault()
        setOver(false)
        void readFiles(event.dataTransfer.files, run)
      }}
    >
      {children}
      {isOver ? (
        <div className={styles.veil}>{t('Drop the files to see what they hold. Nothing is written before you say so.')}</div>
      ) : null}
    </div>
  )
}
