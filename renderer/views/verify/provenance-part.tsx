import { shown } from '../../../core/evidence/show.ts'
import { rangeWords } from '../../../core/provenance/ranges.ts'
import type { CommitLine, Provenance } from '../../../core/provenance/record.ts'
import type { Flag, Saying, Source } from '../../../core/provenance/said.ts'
import type { Problem } from '../../../core/support/result.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** Commits and places that are named before the rest is only counted. */
const MOST = 12

/** What is said of who made the change, commit by commit, every source beside the others. */
export function ProvenancePart({ review }: { readonly review: Review }) {
  const provenance = review.record?.provenance
  if (!provenance || !review.isRevealed) return null
  const { commits, problems } = provenance
  return (
    <section aria-label={t('Who made it')}>
      <h2 className={styles.sideTitle}>{t('Who made it')}</h2>
      <p className={panel.sub}>{t('As the sources say. The absence of a mark proves nothing.')}</p>
      <ul className={styles.origins}>
        {commits.slice(0, MOST).map(commit => (
          <Commit key={commit.id} commit={commit} />
        ))}
        {commits.length > MOST ? <li>{t('and {{count}} more', { count: commits.length - MOST })}</li> : null}
        {problems.filter(isOfNoCommit).map(problem => (
          <li key={`${problem.code} ${problem.at}`} className={panel.sub}>
            {problem.message} {problem.cure}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is wrong with a prompt that a commit names stands at the commit. */
function isOfNoCommit({ code }: Problem): boolean {
  return code !== 'provenance.prompt'
}

function Commit({ commit }: { readonly commit: CommitLine }) {
  const { id, subject, flag, sayings, prompts, ranges } = commit
  return (
    <li>
      <p className={styles.evidenceFile} title={id}>
        <code>{id.slice(0, 9)}</code> {shown(subject)} <Badge tone={FLAG_TONES[flag]}>{flagWord(flag)}</Badge>
      </p>
      <ul className={`${styles.bound} ${styles.origins}`}>
        {sayings.length === 0 ? <li>{t('Nobody says how it was made.')}</li> : null}
        {sayings.slice(0, MOST).map(saying => (
          <li key={`${saying.source} ${saying.who} ${saying.at} ${saying.where?.path}`}>{sayingWords(saying)}</li>
        ))}
        {prompts.map(({ value, sentence }) => (
          <li key={value}>{sentence}</li>
        ))}
        {ranges.slice(0, MOST).map(range => (
          <li key={`${range.path} ${range.lines.start}`}>
            <code>
              {shown(range.path)}:{rangeWords([range.lines])}
            </code>{' '}
            {flagWord(range.flag)}
          </li>
        ))}
        {ranges.length > MOST ? <li>{t('and {{count}} more', { count: ranges.length - MOST })}</li> : null}
      </ul>
    </li>
  )
}

const FLAG_TONES: Readonly<Record<Flag, Tone>> = {
  flagged: 'info',
  conflicting: 'bad',
  unflagged: 'warn',
  'human-attested': 'plain',
}

function flagWord(flag: Flag): string {
  const words: Readonly<Record<keyof Provenance['counts'], string>> = {
    flagged: t('made with AI'),
    conflicting: t('sources disagree'),
    unflagged: t('no mark'),
    'human-attested': t('by a person, as said'),
  }
  return words[flag]
}

function sayingWords({ source, who, where }: Saying): string {
  const sources: Readonly<Record<Source, string>> = {
    trailer: t('Commit message'),
    author: t('Author of the commit'),
    note: t('git-ai note'),
    trace: t('Agent Trace'),
    manual: t('Answer in the ledger'),
  }
  const lines = where ? ` (${shown(where.path)}${where.ranges ? ` ${rangeWords(where.ranges)}` : ''})` : ''
  return `${sources[source]}: ${shown(who)}${lines}`
}
