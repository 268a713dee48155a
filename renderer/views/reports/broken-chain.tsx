import { ShieldAlert } from 'lucide-react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { t } from '../../words/translate.ts'
import styles from './reports-view.module.css'

type Props = {
  readonly first: LedgerState['problems'][number]
  /** How many entries do not hold. */
  readonly count: number
  /** What it means where it is said. */
  readonly remark?: string
}

/** The first entry that does not hold and both its hashes; the same in the ledger and on top of every report, on paper too. */
export function BrokenChain({ first, count, remark }: Props) {
  return (
    <section aria-label={t('The chain is broken')} className={`${styles.integrity} ${styles.broken} ${styles.bad}`}>
      <p className={styles.badTitle} role="alert">
        <ShieldAlert size={16} aria-hidden />
        {t('The chain is broken: {{count}} entries do not hold.', { count })}
      </p>
      {remark ? <p>{remark}</p> : null}
      <p>
        {t('First bad entry:')} <code>{first.at}</code>
        {first.when ? `, ${first.when.slice(0, 16).replace('T', ' ')} UTC` : ''}. {first.message}
      </p>
      {first.stated ? (
        <dl className={styles.hashes}>
          <dt>{t('Stated')}</dt>
          <dd>
            <code>{first.stated.replace('sha256:', '')}</code>
          </dd>
          <dt>{t('Found')}</dt>
          <dd>{first.found ? <code>{first.found.replace('sha256:', '')}</code> : t('no such entry')}</dd>
        </dl>
      ) : null}
      <p>
        {t('A file was changed outside Skeptic. Nothing new is noted until it is restored: {{cure}}', { cure: first.cure })}{' '}
        <code>git checkout -- {first.at}</code>
      </p>
    </section>
  )
}
