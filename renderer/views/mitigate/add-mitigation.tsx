import { Library } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { controlText, type ThreatState } from '../../../core/mitigations/derive.ts'
import { slotsOf } from '../../../core/mitigations/edits.ts'
import { addControl, addOwnMitigation } from '../../commands/definitions/mitigate.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { ChooseOne } from '../../ui/choose-one.tsx'
import field from '../../ui/field.module.css'
import { Keys } from '../../ui/keys.tsx'
import { Modal } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import styles from './add-mitigation.module.css'
import { type ControlChoice, controlChoices, fitName, riskIfShown, searchText, suggestionsFor } from './mitigate-model.ts'
import { RiskBar } from './risk-change.tsx'

type Props = { readonly state: ThreatState; readonly focus?: string }

/** Adds what will be done: the grey suggestion with Tab, any control of the library, or own words. */
export function AddMitigation({ state, focus = 'new-mitigation' }: Props) {
  const { packs, findings } = useFacts()
  const run = useRun()
  const [isChoosing, setChoosing] = useState(false)
  const threat = state.threat.id
  const choices = controlChoices(packs.controls, state, findings())
  return (
    <div className={styles.add}>
      <Suggesting state={state} choices={choices} focus={focus} />
      <Button icon={<Library size={14} aria-hidden />} onPress={() => setChoosing(true)}>
        {t('Library…')}
      </Button>
      {isChoosing ? (
        <Modal title={t('Choose a control')} onClose={() => setChoosing(false)} wide>
          <ChooseOne
            label={t('Control')}
            placeholder={t('Words, a CWE, or a number such as ASVS V8.2.1')}
            choices={choices.map(({ control, fits }) => ({
              id: control.id,
              text: control.title,
              note: [fitName(fits), control.cwe.slice(0, 2).join(', ')].filter(Boolean).join(' · '),
              also: searchText(control),
            }))}
            onChoose={control => {
              setChoosing(false)
              run(addControl, { threat, control })
            }}
          />
        </Modal>
      ) : null}
    </div>
  )
}

type SuggestingProps = { readonly state: ThreatState; readonly choices: readonly ControlChoice[]; readonly focus: string }

/**
 * The line for own words with the suggestion above it in grey. Tab takes the suggestion only from somebody who came here on purpose
 * or typed: who walks through with Tab walks on.
 */
function Suggesting({ state, choices, focus }: SuggestingProps) {
  const id = useId()
  const run = useRun()
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const [isArmed, setArmed] = useState(false)
  const [isDismissed, setDismissed] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)
  const threat = state.threat.id
  const offered = isDismissed || (text === '' && state.response !== 'open' && !isArmed) ? [] : suggestionsFor(choices, text)
  const ghost = offered.length > 0 ? offered[place % offered.length] : undefined
  function take() {
    if (!ghost) return
    setText('')
    setPlace(0)
    run(addControl, { threat, control: ghost.control.id })
  }
  function walk(by: number) {
    setArmed(true)
    setDismissed(false)
    setPlace((place + by + Math.max(1, offered.length)) % Math.max(1, offered.length))
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Tab' && !event.shiftKey && !event.repeat && isArmed && ghost) {
      event.preventDefault()
      take()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      walk(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape' && ghost && isArmed) {
      event.stopPropagation()
      setDismissed(true)
      setArmed(false)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (!text.trim()) return
      run(addOwnMitigation, { threat, statement: text })
      setText('')
    }
  }
  return (
    <div className={styles.suggesting}>
      {ghost ? (
        <Ghost
          id={`${id}-ghost`}
          choice={ghost}
          state={state}
          more={offered.length - 1}
          isArmed={isArmed}
          onTake={take}
          onNext={() => {
            walk(1)
            input.current?.focus()
          }}
        />
      ) : null}
      <label htmlFor={id} className="visually-hidden">
        {t('Mitigation in own words')}
      </label>
      <textarea
        id={id}
        ref={input}
        rows={1}
        className={field.input}
        value={text}
        data-focus={focus}
        data-clean={text === ''}
        placeholder={ghost ? t('Take the suggestion, or write what will be done') : t('Or write what will be done')}
        aria-describedby={ghost ? `${id}-ghost` : undefined}
        onChange={event => {
          setText(event.target.value)
          setPlace(0)
          setArmed(true)
          setDismissed(false)
        }}
        onFocus={() => setArmed(true)}
        onBlur={() => setArmed(false)}
        onKeyUp={event => {
          if (event.key === 'Tab' && text === '') setArmed(false)
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

type GhostProps = {
  readonly id: string
  readonly choice: ControlChoice
  readonly state: ThreatState
  readonly more: number
  readonly isArmed: boolean
  readonly onTake: () => void
  readonly onNext: () => void
}

/** A mitigation that is not there yet: its words in grey, why it is offered, and what would be left. */
function Ghost({ id, choice, state, more, isArmed, onTake, onNext }: GhostProps) {
  const design = useDesign()
  const { control, fits } = choice
  const left = riskIfShown(state, control)
  const why = fitName(fits)
  return (
    <div className={styles.ghost}>
      <div id={id} className={styles.ghostWords}>
        <p>{controlText(control, slotsOf(design, state.threat.id))}</p>
        <p className={styles.why}>
          {control.title}
          {why ? ` · ${why}` : ''}
          {left ? (
            <>
              {' · '}
              {t('once shown, it leaves')} <RiskBar risk={left} />
            </>
          ) : null}
        </p>
      </div>
      <div className={styles.ghostEnd}>
        {isArmed ? (
          <span className={styles.hint}>
            <Keys chord="Tab" /> {t('takes it')}
          </span>
        ) : null}
        {more > 0 ? (
          <Button small look="quiet" onPress={onNext}>
            {t('Another ({{count}})', { count: more })}
          </Button>
        ) : null}
        <Button small aria-label={t('Add {{control}}', { control: control.title })} onPress={onTake}>
          {t('Add')}
        </Button>
      </div>
    </div>
  )
}
