import { type KeyboardEvent, useState } from 'react'
import type { Command } from '../commands/command.ts'
import { clearKey, setKey, takeKey } from '../commands/definitions/keys.ts'
import { COMMANDS } from '../commands/registry.ts'
import { chordOf, isReserved, keyNames, keysOf } from '../commands/shortcuts.ts'
import { useSession } from '../state/session.ts'
import { useContextNow, useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { t } from '../words/translate.ts'
import styles from './shortcuts-sheet.module.css'

/** The keys of a command as a button: press it, then the new keys. Escape keeps the old ones. */
export function ChangeKeys({ command }: { readonly command: Command }) {
  const run = useRun()
  const context = useContextNow()
  const given = useSession(session => session.preferences.keys)
  const [isListening, setListening] = useState(false)
  const [asked, setAsked] = useState<string>()
  const keys = keysOf(command, given)
  const refusal = asked === undefined ? undefined : refusalOf(setKey.plan(context, { command, chord: asked, among: COMMANDS }))

  function onKeyDown(event: KeyboardEvent) {
    if (!isListening || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return stop()
    if (event.key === 'Backspace' || event.key === 'Delete') {
      run(clearKey, command)
      return stop()
    }
    const chord = chordOf({ key: event.key, mod: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey })
    const planned = setKey.plan(context, { command, chord, among: COMMANDS })
    run(setKey, { command, chord, among: COMMANDS })
    if (planned.ok) stop()
    else setAsked(chord)
  }
  function stop() {
    setListening(false)
    setAsked(undefined)
  }
  return (
    <span className={styles.change}>
      <button
        type="button"
        className={styles.keys}
        aria-pressed={isListening}
        onClick={() => setListening(!isListening)}
        onKeyDown={onKeyDown}
        onBlur={event => {
          if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) stop()
        }}
      >
        <span className="visually-hidden">
          {t('Keys of “{{title}}”: {{keys}}. Change', {
            title: t(command.title),
            keys: keys.map(key => keyNames(key.chord).join(' ')).join(', ') || t('none'),
          })}
        </span>
        {isListening ? <span className={styles.listening}>{t('Press the new keys')}</span> : null}
        {isListening ? null : (
          <span aria-hidden className={styles.shown}>
            {keys.length === 0 ? <span className={styles.none}>{t('none')}</span> : null}
            {keys.map(key => (
              <Keys key={key.chord} chord={key.chord} />
            ))}
          </span>
        )}
      </button>
      {asked !== undefined && refusal ? (
        <span className={styles.refusal} role="alert">
          {refusal}{' '}
          {isReserved(asked) ? null : (
            <Button
              small
              onPress={() => {
                run(takeKey, { command, chord: asked, among: COMMANDS })
                stop()
              }}
            >
              {t('Use it here')}
            </Button>
          )}
        </span>
      ) : null}
    </span>
  )
}

function refusalOf(planned: ReturnType<typeof setKey.plan>): string | undefined {
  return planned.ok ? undefined : planned.problems[0].message
}
