import type { Category, PrivacyCategory, Threat } from '../../../core/model/types.ts'
import { idsOf } from '../../../core/support/order.ts'
import { goToObject } from '../../commands/definitions/select.ts'
import { askSentence } from '../../commands/definitions/threats-write.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES, PRIVACY_NAMES } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/chip.tsx'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { Part } from './part.tsx'

/** A threat: its sentence with its parts, what it is about, and where it is answered. */
export function ThreatPanel({ threat }: { readonly threat: Threat }) {
  const run = useRun()
  const { id } = threat
  const about = [...idsOf(threat.elements), ...idsOf(threat.flows), ...idsOf(threat.data)]
  const parts = [
    { name: t('Source'), text: threat.source },
    { name: t('Prerequisite'), text: threat.prerequisite },
    { name: t('Action'), text: threat.action },
    { name: t('Impact'), text: threat.impact },
  ].filter(part => part.text)
  return (
    <div className={styles.fields}>
      <p className={styles.lead}>{threat.statement}</p>
      <div className={styles.badges}>
        {(idsOf(threat.categories) as readonly Category[]).map(category => (
          <Badge key={category} tone="accent">
            {CATEGORY_NAMES[category]}
          </Badge>
        ))}
        {(idsOf(threat.privacy) as readonly PrivacyCategory[]).map(category => (
          <Badge key={category} tone="info">
            {t('Privacy: {{name}}', { name: PRIVACY_NAMES[category] })}
          </Badge>
        ))}
      </div>
      <div className={styles.buttons}>
        <Button small look="primary" onPress={() => run(goToObject, id)}>
          {t('Answer it')}
        </Button>
        <Button small onPress={() => run(askSentence, { threat: id })}>
          {t('Edit the sentence…')}
        </Button>
      </div>
      {parts.length > 0 ? (
        <Part title={t('Its parts')}>
          {parts.map(part => (
            <p key={part.name} className={styles.text}>
              <span className={styles.mute}>{part.name}:</span> {part.text}
            </p>
          ))}
        </Part>
      ) : null}
      {about.length > 0 ? (
        <Part title={t('About')}>
          <Chips ids={about} named />
        </Part>
      ) : null}
    </div>
  )
}
