import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { closePalette } from '../commands/definitions/app.ts'
import { goToObject } from '../commands/definitions/select.ts'
import { commandItems, matching, objectItems, type PaletteItem } from '../commands/palette-filter.ts'
import { COMMANDS, chordFor } from '../commands/registry.ts'
import { useSession } from '../state/session.ts'
import { useContextNow, useRun } from '../state/use-commands.ts'
import { Keys } from '../ui/keys.tsx'
import styles from './palette.module.css'

/** One box for commands and objects; it shows each command's keys, so it teaches itself. */
export function Palette() {
  const isOpen = useSession(session => session.palette)
  const run = useRun()
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={open => (open ? undefined : run(closePalette))}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label="Search or run a command" className={styles.dialog ?? ''}>
          <Box />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Box() {
  const context = useContextNow()
  const run = useRun()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDeferredValue(typed)
  const findings = context.facts.findings()
  const items = useMemo(() => [...commandItems(COMMANDS), ...objectItems(context.design, findings)], [context.design, findings])
  const found = useMemo(() => matching(items, asked), [items, asked])
  const current = Math.min(at, found.length - 1)

  function choose(item: PaletteItem | undefined) {
    if (!item) return
    run(closePalette)
    if (item.kind === 'object') run(goToObject, item.id)
    else run(item.command)
  }
  function onKeyDown(event: KeyboardEvent) {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const by = moves[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(found.length - 1, current + by)))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(found[current])
    }
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: it is opened to be typed into
        autoFocus
        role="combobox"
        aria-label="Search commands and objects"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        className={styles.input}
        placeholder="Type a command, an id or a name. > commands only, # objects only"
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-label="Results" className={styles.list}>
        {found.map((item, index) => (
          <Line
            key={`${item.kind} ${item.id}`}
            item={item}
            id={`${id}-${index}`}
            isCurrent={index === current}
            onChoose={choose}
            context={context}
          />
        ))}
      </div>
      {found.length === 0 ? <p className={styles.none}>Nothing found.</p> : null}
    </>
  )
}

type LineProps = {
  readonly item: PaletteItem
  readonly id: string
  readonly isCurrent: boolean
  readonly onChoose: (item: PaletteItem) => void
  readonly context: ReturnType<typeof useContextNow>
}

function Line({ item, id, isCurrent, onChoose, context }: LineProps) {
  const answer = item.kind === 'command' ? item.command.plan(context, undefined) : undefined
  const why = answer && !answer.ok ? answer.problems[0].message : undefined
  const chord = item.kind === 'command' ? chordFor(item.command) : undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and the keys
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-disabled={why !== undefined}
      className={styles.line}
      ref={element => {
        if (isCurrent) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={() => onChoose(item)}
    >
      <span className={styles.text}>{item.text}</span>
      {why ? <span className={styles.why}>{why}</span> : null}
      {chord ? <Keys chord={chord} /> : null}
    </div>
  )
}
