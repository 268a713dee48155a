import { goToObject } from '../commands/definitions/select.ts'
import { useSession } from '../state/session.ts'
import { stepName, stepOf } from '../state/steps.ts'
import { useRun } from '../state/use-commands.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { PeerDot, peerName } from '../ui/peer-marks.tsx'
import { t } from '../words/translate.ts'
import styles from './people.module.css'

const MOST = 5

/** The other windows on this design: who is here and where; pressing one goes to what they have selected. */
export function People() {
  const others = useSession(session => session.others)
  const run = useRun()
  if (others.length === 0) return null
  return (
    <ul className={styles.people} aria-label={t('Also here')}>
      {others.slice(0, MOST).map(one => {
        const [selected] = one.selection
        return (
          <li key={one.client}>
            <IconButton
              label={t('{{name}}, in {{step}}', { name: peerName(one), step: placeName(one.step) })}
              isDisabled={selected === undefined}
              onPress={() => (selected === undefined ? undefined : run(goToObject, selected))}
            >
              <PeerDot number={one.number} person={one.person} />
            </IconButton>
          </li>
        )
      })}
      {others.length > MOST ? <li className={styles.more}>+{others.length - MOST}</li> : null}
    </ul>
  )
}

function placeName(step: string): string {
  const place = stepOf(step)
  return place === step ? stepName(place) : step
}
