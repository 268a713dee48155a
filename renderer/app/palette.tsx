import { Box as BoxIcon, CornerDownLeft, FileText, type LucideIcon, Settings, SquareTerminal } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { closePalette, rememberChoice } from '../commands/definitions/app.ts'
import { goToObject } from '../commands/definitions/select.ts'
import {
  commandItems,
  type Match,
  matching,
  memoryOf,
  objectItems,
  type PaletteGroup,
  type Span,
  textItems,
} from '../commands/palette-filter.ts'
import { COMMANDS, chordFor } from '../commands/registry.ts'
import { useSession } from '../state/session.ts'
import { useContextNow, useRun } from '../state/use-commands.ts'
import { Keys } from '../ui/keys.tsx'
import { ObjectCard } from '../ui/object-card.tsx'
import { spoken, t } from '../words/translate.ts'
import styles from './palette.module.css'

const GROUPS: Readonly<Record<PaletteGroup, string>> = spoken({
  recent: 'Recent',
  command: 'Commands',
  setting: 'Settings',
  object: 'Objects',
  text: 'Text',
})

const ICONS: Readonly<Record<Match['item']['kind'], LucideIcon>> = { command: SquareTerminal, object: BoxIcon, text: FileText }

/** One box for commands, objects, texts and settings; it shows each command's keys, so it teaches itself. */
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
        <Dialog aria-label={t('Search or run a command')} className={styles.dialog ?? ''}>
          <Box />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Box() {
  const context = useContextNow()
  const { design, facts, session } = context
  const run = useRun()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDeferredValue(typed)
  const findings = facts.findings()
  const items = useMemo(
    () => [...commandItems(COMMANDS), ...objectItems(design, findings), ...textItems(design)],
    [design, findings],
  )
  const found = useMemo(() => matching(items, asked, session.preferences.recent), [items, asked, session.preferences.recent])
  const current = Math.min(at, found.length - 1)
  const shown = found[current]

  function choose(match: Match | undefined) {
    if (!match) return
    const { item } = match
    run(closePalette)
    run(rememberChoice, memoryOf(item))
    if (item.kind === 'command') run(item.command)
    else run(goToObject, item.id)
  }
  function onKeyDown(event: KeyboardEvent) {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const by = moves[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(found.length - 1, current + by)))
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      // Fast fingers are ahead of the list: what was typed counts, not what is drawn.
      choose(asked === typed ? shown : matching(items, typed, session.preferences.recent)[at])
    }
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: it is opened to be typed into
        autoFocus
        role="combobox"
        aria-label={t('Search commands, objects, texts and settings')}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        className={styles.input}
        placeholder={t('Type a command, an id, a name or a word')}
        value={typed}
        spellCheck={false}
        onChange={event => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.body}>
        <div role="listbox" id={id} aria-label={t('Results')} className={styles.list}>
          {found.map((match, index) => (
            <Line
              key={`${match.item.kind} ${match.item.id} ${match.item.text}`}
              match={match}
              heading={match.group === found[index - 1]?.group ? undefined : GROUPS[match.group]}
              id={`${id}-${index}`}
              isCurrent={index === current}
              onChoose={choose}
              context={context}
            />
          ))}
        </div>
        {shown && shown.item.kind !== 'command' ? (
          <div className={styles.preview} aria-hidden>
            <ObjectCard id={shown.item.id} />
            {shown.item.kind === 'text' ? <p className={styles.quote}>{shown.item.text}</p> : null}
          </div>
        ) : null}
      </div>
      {found.length === 0 ? <p className={styles.none}>{t('Nothing found. Fewer letters find more.')}</p> : null}
      <p className={styles.foot}>
        <Sign sign=">">{t('commands')}</Sign>
        <Sign sign="#">{t('objects')}</Sign>
        <Sign sign="/">{t('texts')}</Sign>
        <Sign sign="@">{t('settings')}</Sign>
        <span className={styles.grow} />
        <CornerDownLeft size={12} aria-hidden /> {t('choose')}
      </p>
    </>
  )
}

function Sign({ sign, children }: { readonly sign: string; readonly children: ReactNode }) {
  return (
    <span>
      <kbd>{sign}</kbd> {children}
    </span>
  )
}

type LineProps = {
  readonly match: Match
  readonly heading: string | undefined
  readonly id: string
  readonly isCurrent: boolean
  readonly onChoose: (match: Match) => void
  readonly context: ReturnType<typeof useContextNow>
}

function Line({ match, heading, id, isCurrent, onChoose, context }: LineProps) {
  const { item } = match
  const answer = item.kind === 'command' ? item.command.plan(context, undefined) : undefined
  const why = answer && !answer.ok ? answer.problems[0].message : undefined
  const chord = item.kind === 'command' ? chordFor(item.command) : undefined
  const Icon = match.group === 'setting' ? Settings : ICONS[item.kind]
  return (
    <>
      {heading ? (
        <div role="presentation" className={styles.heading}>
          {heading}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and the keys */}
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
        onClick={() => onChoose(match)}
      >
        <Icon size={14} aria-hidden className={styles.icon} />
        <span className={styles.text}>
          {item.kind === 'text' ? excerpt(item.text, match.marks, item.id) : marked(item.text, match.marks)}
        </span>
        {why ? <span className={styles.why}>{why}</span> : null}
        {chord ? <Keys chord={chord} /> : null}
      </div>
    </>
  )
}

/** The text with what was typed marked in it. */
function marked(text: string, marks: readonly Span[]): readonly ReactNode[] {
  const ends = [...marks.map(([, to]) => to), text.length]
  return [
    text.slice(0, marks[0]?.[0] ?? text.length),
    ...marks.flatMap(([from, to], index) => [
      <mark key={from}>{text.slice(from, to)}</mark>,
      text.slice(to, marks[index + 1]?.[0] ?? ends.at(-1)),
    ]),
  ]
}

/** A long text from a little before the first mark on. */
function excerpt(text: string, marks: readonly Span[], id: string): readonly ReactNode[] {
  const from = Math.max(0, (marks[0]?.[0] ?? 0) - 24)
  const moved = marks.map(([start, end]): Span => [start - from, end - from])
  return [<code key="id">{id}</code>, from > 0 ? ' …' : ' ', ...marked(text.slice(from), moved)]
}
