import { type ChangeEvent, type KeyboardEvent, type Ref, useId, useRef, useState } from 'react'
import { Popover } from 'react-aria-components'
import { mentionAt, peopleLike } from '../../core/comments/mentions.ts'
import { objectItems } from '../commands/palette-filter.ts'
import { useFacts } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import { t } from '../words/translate.ts'
import styles from './hash-text.module.css'
import { type Hash, hashBefore, hintsFor, withId } from './object-hints.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

type Props = {
  readonly id: string
  readonly value: string
  readonly onText: (value: string) => void
  readonly multiline: boolean
  readonly className: string | undefined
  readonly rows?: number
  readonly list?: string | undefined
  readonly focus?: string | undefined
  readonly isClean?: boolean
  readonly required?: boolean | undefined
  readonly placeholder?: string | undefined
  readonly describedBy?: string | undefined
  /** People that typing @ offers; without them it offers nobody. */
  readonly people?: readonly string[] | undefined
  readonly onKeyDown?: (event: KeyboardEvent<Field>) => void
  readonly onFocus?: () => void
  readonly onBlur?: () => void
  readonly onPointer?: () => void
  readonly onPaste?: (event: React.ClipboardEvent<Field>) => void
}

/** The field in which people write: typing # offers the objects of the design, @ the people it is given, and choosing one puts it there. */
export function HashText(props: Props) {
  const { id, value, onText, multiline, className, people } = props
  const field = useRef<Field>(null)
  const list = useId()
  const [hash, setHash] = useState<Hash>()
  const [mention, setMention] = useState<Hash>()
  const [at, setAt] = useState(0)
  const items = useItems(hash !== undefined)
  const named = people && mention ? peopleLike(people, mention.typed).map(name => ({ id: name, text: `${name} ` })) : []
  const found = hash ? hintsFor(items, hash.typed) : named
  const current = Math.min(at, found.length - 1)
  const isOpen = found.length > 0

  function look(): void {
    const { selectionStart } = field.current ?? {}
    const next = typeof selectionStart === 'number' ? hashBefore(field.current?.value ?? '', selectionStart) : undefined
    if (next?.at !== hash?.at || next?.typed !== hash?.typed) setAt(0)
    setHash(next)
    const name = people && typeof selectionStart === 'number' ? mentionAt(field.current?.value ?? '', selectionStart) : undefined
    if (name?.at !== mention?.at || name?.typed !== mention?.typed) setAt(0)
    setMention(name)
  }
  function close(): void {
    setHash(undefined)
    setMention(undefined)
  }
  function put(chosen: string): void {
    const asked = hash ?? mention
    if (!asked) return
    const { text, caret } = withId(value, asked, hash ? chosen : `@${chosen}`)
    onText(text)
    close()
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret))
  }
  function onKeyDown(event: KeyboardEvent<Field>): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = found[current]
    const isMine = isOpen && chosen && (by !== undefined || ['Enter', 'Tab', 'Escape'].includes(event.key))
    if (!isMine) {
      props.onKeyDown?.(event)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    if (by !== undefined) setAt((current + by + found.length) % found.length)
    else if (event.key === 'Escape') close()
    else put(chosen.id)
  }
  const shared = {
    id,
    value,
    className,
    required: props.required,
    placeholder: props.placeholder,
    'data-focus': props.focus,
    'data-clean': props.isClean,
    'aria-describedby': props.describedBy,
    'aria-autocomplete': 'list' as const,
    'aria-controls': isOpen ? list : undefined,
    'aria-activedescendant': isOpen ? `${list}-${current}` : undefined,
    onKeyDown,
    onFocus: props.onFocus,
    onPointerDown: props.onPointer,
    onPaste: props.onPaste,
    onSelect: look,
    onBlur: () => {
      close()
      props.onBlur?.()
    },
    onChange: (event: ChangeEvent<Field>) => onText(event.target.value),
  }
  return (
    <>
      {multiline ? (
        <textarea {...shared} ref={field as Ref<HTMLTextAreaElement>} rows={props.rows ?? 1} />
      ) : (
        <input {...shared} ref={field as Ref<HTMLInputElement>} type="text" list={props.list} />
      )}
      {isOpen ? (
        <Popover triggerRef={field} isOpen isNonModal placement="bottom start" offset={4} className={styles.popover ?? ''}>
          <div role="listbox" id={list} aria-label={hash ? t('Objects') : t('People')} className={styles.list}>
            {found.map((item, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and the keys
              <div
                key={item.id}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                className={styles.line}
                onMouseDown={event => event.preventDefault()}
                onClick={() => put(item.id)}
              >
                {hash ? <code>{item.id}</code> : <span className={styles.name}>{item.id}</span>}
                <span className={styles.name}>{item.text.slice(item.id.length + 1)}</span>
              </div>
            ))}
          </div>
        </Popover>
      ) : null}
    </>
  )
}

/** The objects of the design, asked only while a # is typed. */
function useItems(isAsked: boolean) {
  const design = useDesign()
  const facts = useFacts()
  return isAsked ? objectItems(design, facts.findings()) : []
}
