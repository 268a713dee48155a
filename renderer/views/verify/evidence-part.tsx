import { shown } from '../../../core/evidence/show.ts'
import type { Citation, EvidenceLine } from '../../../core/verdict/record.ts'
import { restsOn } from '../../../core/verdict/rests-on.ts'
import { goToFile } from '../../commands/definitions/review-files.ts'
import { VERDICT_NAMES } from '../../commands/definitions/review-verdict.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { MissingEvidencePart } from './missing-evidence.tsx'
import { commandFor, missingEvidence } from './missing-evidence-model.ts'
import type { Review } from './use-review.ts'
import { VERDICT_TONES } from './verify-model.ts'
import styles from './verify-view.module.css'

/** What the evidence says about the check in view, sentence by sentence, with where it says so. */
export function EvidencePart({ review }: { readonly review: Review }) {
  const verdict = review.shown?.verdict
  if (!review.isRevealed)
    return (
      <div className={styles.part} tabIndex={-1} data-focus="evidence">
        <p className={panel.sub}>{t('Hidden until every file was looked at, or you ask for it.')}</p>
      </div>
    )
  if (!verdict)
    return (
      <div className={styles.part} tabIndex={-1} data-focus="evidence">
        <p className={panel.sub}>{t('No verdict yet. Run verify.')}</p>
      </div>
    )
  const ground = restsOn(verdict)
  const isBarePass = verdict.verdict === 'pass' && ground !== 'evidence'
  const parts = verdict.parts.length > 1 ? verdict.parts : []
  const { record, shown } = review
  const missing = record && shown && verdict.verdict === 'inconclusive' ? missingEvidence(shown.check, record) : []
  return (
    <section
      aria-label={t('What the evidence says')}
      className={`${styles.part} ${styles.claim} ${isBarePass ? styles.bare : styles[verdict.verdict]}`}
      tabIndex={-1}
      data-focus="evidence"
    >
      <p className={styles.verdict}>
        <Badge tone={isBarePass ? 'plain' : VERDICT_TONES[verdict.verdict]}>{VERDICT_NAMES[verdict.verdict]}</Badge>
        {isBarePass ? (
          <Badge tone="warn">{ground === 'word' ? t("on a person's word") : t('nothing to read again')}</Badge>
        ) : null}
        {verdict.selfReported ? <Badge tone="warn">{t('Self-reported')}</Badge> : null}
        <span className={styles.sentence}>{verdict.sentence}</span>
      </p>
      {parts.length > 0 ? (
        <ul className={styles.parts}>
          {parts.map(part => (
            <li key={part.path}>
              <Badge tone={VERDICT_TONES[part.verdict]}>{VERDICT_NAMES[part.verdict]}</Badge> {part.sentence}
            </li>
          ))}
        </ul>
      ) : null}
      {record ? missing.map(one => <MissingEvidencePart key={commandFor(one)} missing={one} change={record.change} />) : null}
      {verdict.evidence.length > 0 ? (
        <ul className={styles.cited} aria-label={t('Where it says so')}>
          {verdict.evidence.slice(0, MOST).map(cited => (
            <Cited key={`${cited.digest} ${cited.pointer}`} cited={cited} review={review} />
          ))}
          {verdict.evidence.length > MOST ? <li>{t('and {{count}} more', { count: verdict.evidence.length - MOST })}</li> : null}
        </ul>
      ) : null}
    </section>
  )
}

/** The places named before the rest is only counted. */
const MOST = 6

type CitedProps = { readonly cited: Citation; readonly review: Review }

/** A place in evidence: the report it is in and how that is bound to this change, then the place itself. */
function Cited({ cited, review }: CitedProps) {
  const run = useRun()
  const report = review.record?.evidence.find(line => line.digest === cited.digest)
  const file = report ? undefined : review.files.find(({ path }) => cited.pointer === path || isLineOf(cited.pointer, path))
  return (
    <li className={styles.citation}>
      {report ? (
        <>
          <span className={styles.evidenceFile}>{report.file}</span>
          <Badge tone={report.binding === 'bound' ? 'good' : 'warn'}>{bindingWord(report.binding)}</Badge>
        </>
      ) : /^ledger\//.test(cited.pointer) ? (
        <span>{t('an answer in the ledger')}</span>
      ) : null}
      {file ? (
        <button type="button" className={styles.link} title={cited.digest} onClick={() => run(goToFile, file.path)}>
          <code>{shown(cited.pointer)}</code>
        </button>
      ) : (
        <code className={styles.pointer} title={cited.digest}>
          {placeOf(cited, report)}
        </code>
      )}
    </li>
  )
}

/** Whether a place is a line of a file, as path:12. */
function isLineOf(pointer: string, path: string): boolean {
  return pointer.startsWith(`${path}:`) && /^\d+$/.test(pointer.slice(path.length + 1))
}

function placeOf({ digest, pointer }: Citation, report: EvidenceLine | undefined): string {
  if (/^ledger\//.test(pointer)) return pointer.slice(7, 19)
  return pointer === '' ? (report ? t('the whole report') : digest.slice(7, 19)) : pointer
}

/** How a report is tied to the change, in a word. */
export function bindingWord(binding: EvidenceLine['binding']): string {
  const words = { bound: t('bound'), unbound: t('unbound'), stale: t('stale'), broken: t('broken') }
  return words[binding]
}
