import { ListChecks } from 'lucide-react'
import { useMemo, useState } from 'react'
import { askForEvents } from '../../commands/definitions/monitoring.ts'
import { missingChecks } from '../../commands/monitoring-plans.ts'
import type { Facts } from '../../state/facts.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import styles from './checks-card.module.css'
import { checksShown } from './monitoring-model.ts'
import view from './monitoring-view.module.css'

/** Asks for the audit events as checks of mitigations; what that will write is shown before. */
export function ChecksCard({ facts }: { readonly facts: Facts }) {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const shown = useMemo(() => checksShown(facts.design, missingChecks(facts)), [facts])
  const count = shown.reduce((sum, { checks }) => sum + checks.length, 0)
  if (count === 0)
    return (
      <p className={styles.done}>
        <ListChecks size={16} aria-hidden />
        {t('No mitigation needs a new check: those whose control leads to a detection ask for their audit events.')}
      </p>
    )
  return (
    <section aria-label={t('As checks')} className={`${panel.card} ${styles.ask}`}>
      <div className={styles.askHead}>
        <div className={styles.askWords}>
          <h2 className={panel.cardTitle}>{t('{{count}} checks are not asked for yet', { count })}</h2>
          <p className={panel.sub}>
            {t(
              'A check is passed by a test that emits the event and validates the line. The checklist asks for it from then on.',
            )}
          </p>
        </div>
        <Button look="primary" icon={<ListChecks size={14} aria-hidden />} onPress={() => run(askForEvents)}>
          {t('Ask for these audit events as checks')}
        </Button>
      </div>
      <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
        {t('What it will change: {{count}} mitigations', { count: shown.length })}
      </Fold>
      {isOpen ? (
        <ul className={styles.changes}>
          {shown.map(({ mitigation, statement, checks }) => (
            <li key={mitigation}>
              <p className={view.threatHead}>
                <Chip id={mitigation} />
                <span>{statement}</span>
              </p>
              <ul className={styles.added}>
                {checks.map(({ key, statement: asked }) => (
                  <li key={key} className={styles.plus} lang={CONTENT_LANGUAGE}>
                    {asked}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
