import type { Command, Place } from '../commands/command.ts'
import { toggleSingleKeys } from '../commands/definitions/app.ts'
import { showStartHere } from '../commands/definitions/home.ts'
import { COMMANDS } from '../commands/registry.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { Modal } from '../ui/modal.tsx'
import { t } from '../words/translate.ts'
import styles from './shortcuts-sheet.module.css'

const PLACES: readonly { readonly place: Place; readonly title: string }[] = [
  { place: 'everywhere', title: 'Everywhere' },
  { place: 'canvas', title: 'Canvas and outline' },
  { place: 'findings', title: 'Findings' },
  { place: 'row', title: 'A finding that has the focus' },
  { place: 'why', title: 'Reasons' },
  { place: 'prompt', title: 'Prompt' },
  { place: 'review', title: 'Review' },
]

/** Every key, read from the table of commands. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const run = useRun()
  const isOn = useSession(session => session.preferences.singleKeys)
  return (
    <Modal title="Keyboard shortcuts" onClose={onClose} wide>
      <div className={styles.again}>
        <Button small onPress={() => run(showStartHere)}>
          {t('Show the five first steps again')}
        </Button>
      </div>
      <label className={styles.toggle}>
        <input type="checkbox" checked={isOn} onChange={() => run(toggleSingleKeys)} />
        Single letters are shortcuts where no text is typed
      </label>
      <div className={styles.columns}>
        {PLACES.map(({ place, title }) => (
          <section key={place} className={styles.group}>
            <h3>{title}</h3>
            <ul>
              {COMMANDS.flatMap(command => keysIn(command, place)).map(({ command, chord }) => (
                <li key={`${command.id} ${chord}`} className={styles.line}>
                  <span>{command.title}</span>
                  <Keys chord={chord} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function keysIn(command: Command, place: Place) {
  return (command.keys ?? []).filter(key => key.place === place).map(key => ({ command, chord: key.chord }))
}
