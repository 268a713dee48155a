import { labelOf } from '../../../core/model/lookup.ts'
import type { EvidenceLine } from '../../../core/verdict/record.ts'
import type { EvidenceShown } from '../../../host/contract.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { bindingWord } from './evidence-part.tsx'
import { ProvenancePart } from './provenance-part.tsx'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'
import { secondRunWords, vouchedWords } from './vouched.tsx'

/** What the check rests on in the design, and the evidence at hand. */
export function Basis({ review }: { readonly review: Review }) {
  const design = useDesign()
  const from = review.shown?.check.from ?? []
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reachable by keyboard
    <aside aria-label={t('What it rests on')} className={styles.basis} tabIndex={0}>
      <section aria-label={t('Comes from')}>
        <h2 className={styles.sideTitle}>{t('Comes from')}</h2>
        <ul className={styles.origins}>
          {from.map(id => (
            <li key={id}>
              {/^[A-Z]-/.test(id) ? (
                <>
                  <Chip id={id} />
                  <p className={styles.origin}>{labelOf(design, id)}</p>
                </>
              ) : (
                <code>{id}</code>
              )}
            </li>
          ))}
        </ul>
      </section>
      <EvidenceAtHand review={review} />
      <ProvenancePart review={review} />
      {review.record && review.isRevealed && review.record.problems.length > 0 ? (
        <section aria-label={t('Remarks')}>
          <h2 className={styles.sideTitle}>{t('Remarks')}</h2>
          <ul className={styles.origins}>
            {review.record.problems.map(problem => (
              <li key={`${problem.code} ${problem.at}`} className={panel.sub}>
                {problem.message} {problem.cure}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </aside>
  )
}

function EvidenceAtHand({ review }: { readonly review: Review }) {
  const evidence = review.record?.evidence ?? []
  return (
    <section aria-label={t('Evidence at hand')}>
      <h2 className={styles.sideTitle}>{t('Evidence at hand')}</h2>
      {evidence.length === 0 && review.record ? (
        <p className={panel.sub}>{t('None yet. A check that waits for a report says what to run.')}</p>
      ) : null}
      <ul className={styles.origins}>
        {evidence.map(line => (
          <EvidenceItem
            key={`${line.slot} ${line.file}`}
            line={line}
            told={review.told?.evidence.find(one => one.file === line.file)}
            isRevealed={review.isRevealed}
          />
        ))}
      </ul>
    </section>
  )
}

type ItemProps = { readonly line: EvidenceLine; readonly told: EvidenceShown | undefined; readonly isRevealed: boolean }

/** One report: what it is and how it is tied to the change, on whose word; what it says shows once the change was looked at. */
function EvidenceItem({ line, told, isRevealed }: ItemProps) {
  const secondRun = told && secondRunWords(told)
  return (
    <li className={styles.evidence}>
      <span className={styles.evidenceFile}>{line.file}</span>
      <span className={panel.sub}>
        {line.slot}, {line.format}
      </span>
      <Badge tone={BINDING_TONES[line.binding]}>{bindingWord(line.binding)}</Badge>
      {secondRun === undefined ? null : <span className={styles.bound}>{secondRun}</span>}
      <span className={styles.bound}>{vouchedWords(line, told)}</span>
      {isRevealed ? (
        <>
          {told?.holds === undefined ? null : (
            <span className={styles.holds} lang={CONTENT_LANGUAGE}>
              {told.holds}
            </span>
          )}
          <span className={styles.bound}>{line.sentence}</span>
        </>
      ) : null}
    </li>
  )
}

const BINDING_TONES = { bound: 'good', unbound: 'warn', stale: 'warn', broken: 'bad' } as const
