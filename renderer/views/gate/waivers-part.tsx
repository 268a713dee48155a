import { X } from 'lucide-react'
import { waiversOf } from '../../../core/gate/waivers.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { removeOneWaiver } from '../../commands/definitions/gate.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import { waiverEnd } from './gate-model.ts'
import { ruleWords } from './rule-words.ts'
import styles from './waivers-part.module.css'

/** Every waiver with its people and the days it has left; Delete removes the one in focus. */
export function WaiversPart() {
  const policy = policyOf(useDesign())
  const now = useSession(session => session.now)
  const run = useRun()
  const waivers = waiversOf(policy)
  if (waivers.length === 0)
    return <p className={styles.none}>{t('Nothing is waived. A waiver is asked for beside the problem it is about.')}</p>
  return (
    <ul aria-label={t('Waivers')}>
      {waivers.map(named => {
        const { id, waiver } = named
        const end = waiverEnd(named, policy, now)
        return (
          <li
            key={id}
            className={styles.waiver}
            onKeyDown={event => {
              if (event.key === 'Delete') run(removeOneWaiver, id)
            }}
          >
            <div className={styles.words}>
              <p className={styles.rule}>
                {ruleWords(waiver.rule)}{' '}
                {/^[A-Z]-/.test(waiver.scope) ? <Chip id={waiver.scope} named /> : <code>{waiver.scope}</code>}
              </p>
              <p className={styles.note}>
                {waiver.reason}{' '}
                {t('Asked for by {{by}}, approved by {{approver}}, until {{day}}.', {
                  by: waiver.by,
                  approver: waiver.approver,
                  day: waiver.expires,
                })}
              </p>
            </div>
            <Badge tone={end.tone}>{end.text}</Badge>
            <IconButton label={t('Remove waiver {{id}}', { id })} chord="Delete" onPress={() => run(removeOneWaiver, id)}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        )
      })}
    </ul>
  )
}
