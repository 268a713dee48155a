import { Box as BoxIcon, CornerDownLeft, FileText, type LucideIcon, Settings, SquareTerminal, User } from 'lucide-react'
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
  type PaletteItem,
  type Span,
  textItems,
} from '../commands/palette-filter.ts'
import { type PersonItem, personItems } from '../commands/palette-people.ts'
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
  person: 'People',
})

const ICONS: Readonly<Record<Match['item']['kind'], LucideIcon>> = {
  command: SquareTerminal,
  object: BoxIcon,
  text: FileText,
  person: User,
}

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
  const [owner, setOwner] = useState<PersonItem>()
  const asked = useDeferredValue(typed)
  const findings = facts.findings()
  const items = useMemo(
    () => [
      ...commandItems(COMMANDS),
      ...objectItems(design, findings),
      ...textItems(design),
      ...personItems(design, session.others),
    ],
    [design, findings, session.others],
  )
  const { recent } = session.preferences
  const found = useMemo(() => fitting(items, asked, { owner, recent }), [items, asked, owner, recent])
  const current = Math.min(at, found.length - 1)
  const shown = found[current]

  /** Narrows the list to what a person owns, or lets go of the person. */
  function ask(person: PersonItem | undefined, text: string) {
    setOwner(person)
    setTyped(text)
    setAt(0)
  }
  function choose(match: Match | undefined) {
    if (!match) return
    const { item } = match
    if (item.kind === 'person') return ask(item, '')
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
    if (event.key === 'Backspace' && owner && typed === '') {
      event.preventDefault()
      ask(undefined, '@')
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      // Fast fingers are ahead of the list: what was typed counts, not what is drawn.
      choose(asked === typed ? shown : fitting(items, typed, { owner, recent })[at])
    }
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: it is opened to be typed into
        autoFocus
        role="combobox"
        aria-label={
          owner ? t('Search what {{name}} owns', { name: owner.text }) : t('Search commands, objects, texts and people')
        }
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        className={styles.input}
        placeholder={
          owner
            ? t('Owned by {{name}}. Backspace goes back.', { name: owner.text })
            : t('Type a command, an id, a name or a word')
        }
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
              heading={
                match.group === found[index - 1]?.group
                  ? undefined
                  : owner
                    ? t('Owned by {{name}}', { name: owner.text })
                    : GROUPS[match.group]
              }
              id={`${id}-${index}`}
              isCurrent={index === current}
              onChoose={choose}
              context={context}
            />
          ))}
        </div>
        {shown && (shown.item.kind === 'object' || shown.item.kind === 'text') ? (
          <div className={styles.preview} aria-hidden>
            <ObjectCard id={shown.item.id} />
            {shown.item.kind === 'text' ? <p className={styles.quote}>{shown.item.text}</p> : null}
          </div>
        ) : null}
      </div>
      {found.length === 0 ? <p className={styles.none}>{noneWords(owner, asked)}</p> : null}
      <p className={styles.foot}>
        <Sign sign=">">{t('commands')}</Sign>
        <Sign sign="#">{t('objects')}</Sign>
        <Sign sign="/">{t('texts')}</Sign>
        <Sign sign="@">{t('people')}</Sign>
        <span className={styles.grow} />
        <CornerDownLeft size={12} aria-hidden /> {t('choose')}
      </p>
    </>
  )
}

/** What fits: of everything, or of what one person owns. */
function fitting(
  items: readonly PaletteItem[],
  typed: string,
  { owner, recent }: { readonly owner: PersonItem | undefined; readonly recent: readonly string[] },
): readonly Match[] {
  if (!owner) return matching(items, typed, recent)
  const owned = new Set(owner.owns)
  return matching(
    items.filter(item => item.kind === 'object' && owned.has(item.id)),
    `#${typed}`,
  )
}

function noneWords(owner: PersonItem | undefined, typed: string): string {
  if (owner?.owns.length === 0) return t('{{name}} owns nothing in this design.', { name: owner.text })
  if (typed === '@') return t('The design names nobody yet, and nobody else is here.')
  return t('Nothing found. Fewer letters find more.')
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
        {item.kind === 'person' ? <span className={styles.why}>{personWords(item)}</span> : null}
        {why ? <span className={styles.why}>{why}</span> : null}
        {chord ? <Keys chord={chord} /> : null}
      </div>
    </>
  )
}

function personWords({ owns, isHere }: PersonItem): string {
  const words = owns.length === 0 ? t('owns nothing') : t('owns {{count}} things', { count: owns.length })
  return isHere ? `${words}, ${t('is here')}` : words
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
