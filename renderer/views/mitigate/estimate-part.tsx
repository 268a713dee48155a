import { lazy, Suspense, useState } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import type { Estimated } from '../../../core/mitigations/estimate.ts'
import { estimateThreat } from '../../commands/definitions/rate.ts'
import { useRun } from '../../state/use-commands.ts'
import { SCALE } from '../../state/words.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './estimate-part.module.css'
import { sourceWords } from './mitigate-model.ts'
import view from './mitigate-view.module.css'

/** OWASP's words and CVSS's arithmetic come when somebody asks for them, not with the window. */
const ScoreAnotherWay = lazy(() => import('./score-another-way.tsx').then(module => ({ default: module.ScoreAnotherWay })))

/** How likely and how bad a threat is before anything is done, and who says so. */
export function EstimatePart({ state }: { readonly state: ThreatState }) {
  const { threat, estimate } = state
  const isRated = threat.owasp !== undefined || threat.cvss !== undefined
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-label={t('Where its numbers come from')} className={view.part}>
      <h2 className={view.partTitle}>{t('Where its numbers come from')}</h2>
      <dl className={styles.sides}>
        <Side name={t('Likelihood')} side="likelihood" threat={threat.id} estimated={estimate.likelihood} />
        <Side name={t('Impact')} side="impactScale" threat={threat.id} estimated={estimate.impact} />
      </dl>
      <div>
        <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
          {isRated ? t('OWASP and CVSS (in use)') : t('OWASP and CVSS')}
        </Fold>
      </div>
      {isOpen ? (
        <Suspense fallback={<p className={styles.wait}>{t('Loading…')}</p>}>
          <ScoreAnotherWay threat={threat} />
        </Suspense>
      ) : null}
    </section>
  )
}

type SideProps = {
  readonly name: string
  readonly side: 'likelihood' | 'impactScale'
  readonly threat: string
  readonly estimated: Estimated | undefined
}

function Side({ name, side, threat, estimated }: SideProps) {
  const run = useRun()
  return (
    <div className={styles.side}>
      <dt>{name}</dt>
      <dd className={styles.said}>
        <div className={styles.pick}>
          <Pick
            label={name}
            hideLabel
            value={estimated ? String(estimated.value) : ''}
            choices={SCALE}
            onPick={value => run(estimateThreat, { threat, side, value: Number(value) })}
          />
        </div>
        {estimated ? (
          <span className={styles.source}>
            {sourceWords(estimated)} {estimated.finding ? <Chip id={estimated.finding} /> : null}
          </span>
        ) : (
          <span className={styles.unknown}>{t('Nobody said yet, and unknown is not low.')}</span>
        )}
        {estimated?.source === 'own' ? (
          <Button
            small
            look="quiet"
            aria-label={t('Take back the own estimate of {{side}}', { side: name })}
            onPress={() => run(estimateThreat, { threat, side, value: undefined })}
          >
            {t('Take back')}
          </Button>
        ) : null}
      </dd>
    </div>
  )
}
