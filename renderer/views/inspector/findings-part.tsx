import { useState } from 'react'
import { goToObject } from '../../commands/definitions/select.ts'
import { nothingAt, whyNothing } from '../../commands/definitions/why.ts'
import { useFactsSoon } from '../../state/facts-soon.tsx'
import { decisionOn } from '../../state/merged.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES, categoryWords, DECISION_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import { categoriesWithout } from './absence-model.ts'
import styles from './findings-part.module.css'
import { Part } from './part.tsx'

const SHOWN = 12

/** What the rules found on one object, a line going to its finding; and where they found nothing, the question why. */
export function FindingsPart({ subject }: { readonly subject: string }) {
  const design = useDesign()
  const about = useFactsSoon().about(subject)
  const run = useRun()
  const [isAll, setAll] = useState(false)
  const applying = about.filter(({ lead }) => lead.applicability === 'applies')
  const shown = isAll ? applying : applying.slice(0, SHOWN)
  const without = categoriesWithout(about)
  return (
    <Part title={t('Findings ({{number}})', { number: applying.length })}>
      <ul className={styles.list}>
        {shown.map(merged => {
          const { lead, others } = merged
          const { state } = decisionOn(design, merged)
          return (
            <li key={lead.id}>
              <button type="button" className={styles.line} onClick={() => run(goToObject, lead.id)}>
                <span className={styles.title}>
                  {lead.title}{' '}
                  {others.length > 0 ? (
                    <span className={styles.sources}>+{t('{{count}} sources', { count: others.length })}</span>
                  ) : null}
                </span>
                <span className={styles.more}>
                  {categoryWords(lead)}
                  {state !== 'undecided' ? (
                    <Badge tone={state === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[state]}</Badge>
                  ) : lead.attention === 'now' ? (
                    <Badge tone="warn">{t('Open')}</Badge>
                  ) : (
                    <Badge>{t('Later')}</Badge>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {applying.length > shown.length ? (
        <div>
          <Button small onPress={() => setAll(true)}>
            {t('Show {{count}} more', { count: applying.length - shown.length })}
          </Button>
        </div>
      ) : null}
      {without.length > 0 ? (
        <div className={styles.nothing}>
          <p className={styles.mute}>{t('Nothing found of these. Why?')}</p>
          <div className={styles.asks}>
            {without.map(category => (
              <button
                key={category}
                type="button"
                className={styles.ask}
                data-focus={nothingAt({ subject, category })}
                onClick={() => run(whyNothing, { subject, category })}
              >
                {CATEGORY_NAMES[category]}
              </button>
            ))}
          </div>
        </div>
      ) : null}
    </Part>
  )
}
