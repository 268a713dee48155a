import { TriangleAlert } from 'lucide-react'
import { shown } from '../../../core/evidence/show.ts'
import { goToFile } from '../../commands/definitions/review-files.ts'
import { useRun } from '../../state/use-commands.ts'
import { spoken, t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** The most that are named. */
const MOST = 8

/** Where the change takes something from those who watch over it: with file and line, above every claim about it. */
export function Narrowed({ review }: { readonly review: Review }) {
  const run = useRun()
  const places = review.told?.narrowed ?? []
  if (places.length === 0) return null
  return (
    <section aria-label={t('What counts against the change')} className={styles.unasked}>
      <p className={styles.unaskedTitle}>
        <TriangleAlert size={14} aria-hidden />
        {t('{{count}} places narrow the watch over this change', { count: places.length })}
      </p>
      <ul className={styles.unaskedList}>
        {places.slice(0, MOST).map(place => (
          <li key={`${place.kind} ${place.path} ${place.line}`}>
            <button type="button" className={styles.link} onClick={() => run(goToFile, place.path)}>
              <code>
                {shown(place.path)}
                {place.line === undefined ? '' : `:${place.line}`}
              </code>
            </button>{' '}
            {placeWords(place)}
          </li>
        ))}
        {places.length > MOST ? <li>{t('and {{count}} more', { count: places.length - MOST })}</li> : null}
      </ul>
    </section>
  )
}

type Place = NonNullable<Review['told']>['narrowed'][number]

/** What a configuration steers. */
const STEERED = spoken({
  pipeline: 'the pipeline',
  scanner: 'a scanner',
  linter: 'a linter',
  'test runner': 'the test runner',
  coverage: 'coverage',
  build: 'the build',
})

function placeWords({ kind, what = '', was = 0, is = 0 }: Place): string {
  const words = shown(what, 80)
  const steered = STEERED[what as keyof typeof STEERED] ?? words
  switch (kind) {
    case 'suppression':
      return t('silences a tool: {{what}}', { what: words })
    case 'skipped':
      return t('skips tests, or runs one alone: {{what}}', { what: words })
    case 'deleted':
      return t('held tests and is deleted')
    case 'fewerTests':
      return t('declares fewer tests: {{is}} instead of {{was}}', { is, was })
    case 'fewerAssertions':
      return t('asserts less: {{is}} times instead of {{was}}', { is, was })
    case 'off':
      return t('lets failures of {{what}} pass', { what: steered })
    case 'gone':
      return t('steered {{what}} and is gone', { what: steered })
    case 'touched':
      return t('steers {{what}}: a second person has to look', { what: steered })
    case 'unread':
      return t('cannot be read as text, so anything may stand in it')
  }
}
