import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { ScanHint } from '../scan/scan-hint.tsx'
import { useScanned } from '../scan/use-scanned.ts'
import styles from './field.module.css'
import { HashText } from './hash-text.tsx'
import { WordsList } from './words-list.tsx'

type Props = {
  readonly label: string
  readonly value: string
  readonly onCommit: (value: string) => void
  readonly hideLabel?: boolean
  readonly multiline?: boolean
  readonly bare?: boolean
  readonly placeholder?: string
  readonly note?: ReactNode
  readonly list?: readonly string[]
  readonly onEnter?: () => void
  /** Tab and Shift+Tab of somebody who writes or points in the field, the words written first; true keeps the focus here. */
  readonly onTab?: (by: 1 | -1) => boolean
  /** Name commands move focus to. */
  readonly focus?: string
}

/** A text the person edits freely; it is written once, on leaving or on Enter, so that it is one undo step. */
export function DraftField({
  label,
  value,
  onCommit,
  hideLabel,
  multiline,
  bare,
  placeholder,
  note,
  list,
  onEnter,
  onTab,
  focus,
}: Props) {
  const id = useId()
  const [draft, setDraft] = useState(value)
  const [isWritten, setWritten] = useState(false)
  const scanned = useScanned(draft, isWritten)
  const typing = useRef(false)
  // Who only tabs through the page, or pressed Escape, is never held.
  const isAtWork = useRef(false)
  useEffect(() => {
    if (!typing.current) setDraft(value)
  }, [value])
  function commit() {
    typing.current = false
    if (draft !== value) onCommit(draft)
  }
  /** A press on the hint is meant at once, as leaving the field is. */
  function replace(text: string) {
    setDraft(text)
    if (!typing.current && text !== value) onCommit(text)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') isAtWork.current = false
    else if (event.key !== 'Tab' && event.key !== 'Shift') isAtWork.current = true
    else if (event.key === 'Tab' && onTab && isAtWork.current) {
      commit()
      if (onTab(event.shiftKey ? -1 : 1)) event.preventDefault()
    }
    if (event.key === 'Escape' && draft !== value) {
      event.stopPropagation()
      typing.current = false
      setDraft(value)
    }
    if (event.key === 'Enter' && !event.shiftKey && (!multiline || onEnter || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      commit()
      onEnter?.()
    }
  }
  const shared = {
    id,
    value: draft,
    placeholder,
    focus,
    isClean: draft === value,
    className: bare ? styles.bare : styles.input,
    describedBy: [note ? `${id}-note` : '', scanned.length > 0 ? `${id}-scan` : ''].filter(Boolean).join(' ') || undefined,
    multiline: multiline === true,
    list: list ? `${id}-list` : undefined,
    onKeyDown,
    onFocus: () => {
      typing.current = true
    },
    onBlur: () => {
      isAtWork.current = false
      commit()
    },
    onPointer: () => {
      isAtWork.current = true
    },
    onText: (text: string) => {
      setWritten(true)
      setDraft(text)
    },
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <HashText {...shared} />
      {list ? <WordsList id={`${id}-list`} words={list} /> : null}
      {note ? (
        <p id={`${id}-note`} className={styles.note}>
          {note}
        </p>
      ) : null}
      {isWritten ? <ScanHint id={`${id}-scan`} text={draft} found={scanned} onText={replace} /> : null}
    </div>
  )
}
