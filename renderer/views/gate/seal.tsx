import type { Gate, GateProblem } from '../../../core/gate/evaluate.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { useDesign } from '../../state/workbench.ts'
import { t } from '../../words/translate.ts'
import { gateSentence, presetName, ringShare, shortDigest } from './gate-model.ts'
import styles from './seal.module.css'

type Props = { readonly gate: Gate; readonly typed: readonly GateProblem[] }

/** Open or closed, and on what. The ring grows as rules pass and closes around the digest when nothing is left. */
export function Seal({ gate, typed }: Props) {
  const policy = policyOf(useDesign())
  const digest = shortDigest(gate.digest)
  return (
    <section
      aria-label={t('Seal')}
      tabIndex={-1}
      data-focus="gate-seal"
      className={`${styles.seal} ${gate.open ? styles.open : styles.closed}`}
    >
      <svg className={styles.ring} viewBox="0 0 76 76" aria-hidden="true">
        <circle cx="38" cy="38" r="33" pathLength="100" className={styles.track} />
        <circle
          cx="38"
          cy="38"
          r="33"
          pathLength="100"
          className={styles.arc}
          strokeDasharray={`${ringShare(gate, typed)} 100`}
          transform="rotate(-90 38 38)"
        />
        {gate.open ? <path className={styles.tick} pathLength="100" d="M25 39 L34 48 L52 29" /> : null}
        {gate.open ? null : (
          <text x="38" y="45" textAnchor="middle" className={styles.number}>
            {gate.problems.length - typed.length}
          </text>
        )}
      </svg>
      <div className={styles.words}>
        <p className={styles.word}>{gate.open ? t('Gate open') : t('Gate closed')}</p>
        <p>{gateSentence(gate, typed)}</p>
      </div>
      <dl className={styles.bound}>
        <div>
          <dt>{gate.open ? t('Sealed on model') : t('Model')}</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </div>
        <div>
          <dt>{t('Policy')}</dt>
          <dd>{presetName(policy.preset)}</dd>
        </div>
      </dl>
    </section>
  )
}
