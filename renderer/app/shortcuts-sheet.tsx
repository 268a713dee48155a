import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Command, Place } from '../commands/command.ts'
import { toggleSingleKeys } from '../commands/definitions/app.ts'
import { showStartHere } from '../commands/definitions/home.ts'
import { resetAllKeys, resetKey } from '../commands/definitions/keys.ts'
import { COMMANDS } from '../commands/registry.ts'
import { keysOf, PLACE_NAMES, placeOf } from '../commands/shortcuts.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { FormField } from '../ui/form-field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Modal } from '../ui/modal.tsx'
import { t } from '../words/translate.ts'
import { ChangeKeys } from './change-keys.tsx'
import styles from './shortcuts-sheet.module.css'

/** Every key, read from the table of commands and from what this person made of it; each can be changed here. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const run = useRun()
  const isOn = useSession(session => session.preferences.singleKeys)
  const given = useSession(session => session.preferences.keys)
  const [asked, setAsked] = useState('')
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = COMMANDS.filter(command => words.every(word => nameOf(command).toLowerCase().includes(word)))
  const keyless = shown.filter(command => keysOf(command, given).length === 0)
  const keyed = shown.filter(command => keysOf(command, given).length > 0)
  return (
    <Modal title={t('Keyboard shortcuts')} onClose={onClose} wide>
      <div className={styles.head}>
        <FormField label={t('Find a command')} value={asked} onText={setAsked} type="search" />
        <Button onPress={() => run(showStartHere)}>{t('Show the five first steps again')}</Button>
        <Button onPress={() => run(resetAllKeys)} isDisabled={Object.keys(given).length === 0}>
          {t('Reset all')}
        </Button>
      </div>
      <label className={styles.toggle}>
        <input type="checkbox" checked={isOn} onChange={() => run(toggleSingleKeys)} />
        {t('Single letters are shortcuts where no text is typed')}
      </label>
      <p className={styles.note}>
        {t('Press the keys of a command to change them; then Del removes them, and Esc leaves them as they are.')}
      </p>
      <div className={styles.columns}>
        {(Object.keys(PLACE_NAMES) as Place[]).map(place => (
          <Group key={place} title={PLACE_NAMES[place]} commands={keyed.filter(command => placeOf(command) === place)} />
        ))}
        <Group title={t('Without a key')} commands={keyless} />
      </div>
      {shown.length === 0 ? <p className={styles.note}>{t('No command is called that.')}</p> : null}
    </Modal>
  )
}

function Group({ title, commands }: { readonly title: string; readonly commands: readonly Command[] }) {
  const run = useRun()
  const given = useSession(session => session.preferences.keys)
  if (commands.length === 0) return null
  return (
    <section className={styles.group} aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {commands.map(command => (
          <li key={command.id} className={styles.line}>
            <span className={styles.name}>{nameOf(command)}</span>
            {Object.hasOwn(given, command.id) ? (
              <IconButton label={t('Reset “{{title}}”', { title: t(command.title) })} onPress={() => run(resetKey, command)}>
                <RotateCcw size={13} aria-hidden />
              </IconButton>
            ) : null}
            <ChangeKeys command={command} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function nameOf(command: Command): string {
  return t('{{category}}: {{title}}', { category: t(command.category), title: t(command.title) })
}
