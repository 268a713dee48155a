import { ArrowLeft } from 'lucide-react'
import type { FrameworkCoverage, FrameworkRow } from '../../../core/frameworks/types.ts'
import { openFramework, openFrameworkRow } from '../../commands/definitions/frameworks.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { STATE_NAMES, STATE_TONES } from './framework-words.ts'
import styles from './frameworks-view.module.css'
import { RowDetail } from './row-detail.tsx'
import { StateBar } from './state-bar.tsx'

/** One framework: where it comes from, and every row with its state. */
export function FrameworkPage({ framework }: { readonly framework: FrameworkCoverage }) {
  const run = useRun()
  const { id, title, source, selection, rows, totals } = framework
  const parts = [...groupedBy(rows, row => row.part ?? '')]
  return (
    <section aria-label={title} className={styles.one}>
      <div className={styles.oneHead}>
        <Button small look="quiet" icon={<ArrowLeft size={14} aria-hidden />} onPress={() => run(openFramework, null)}>
          {t('All frameworks')}
        </Button>
        <h2 className={styles.oneName} lang={CONTENT_LANGUAGE} data-focus={`framework ${id}`} tabIndex={-1}>
          {title}
        </h2>
        <div lang={CONTENT_LANGUAGE} className={panel.sub}>
          <p>
            {source.name}, {source.version}, {source.publisher}, {source.date}
          </p>
          <p>{selection}</p>
          <p className={styles.url}>{source.url}</p>
        </div>
      </div>
      <StateBar totals={totals} />
      {parts.map(([part, ofPart]) => (
        <section key={part} aria-label={part === '' ? title : part} className={panel.card}>
          {part === '' ? null : (
            <div className={panel.cardHead}>
              <h3 className={panel.cardTitle} lang={CONTENT_LANGUAGE}>
                {part}
              </h3>
            </div>
          )}
          <ul className={styles.rows}>
            {ofPart.map(row => (
              <Row key={row.id} framework={id} row={row} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function Row({ framework, row }: { readonly framework: string; readonly row: FrameworkRow }) {
  const run = useRun()
  const isOpen = useSession(session => session.frameworkRow === row.id)
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.rowHead}
        aria-expanded={isOpen}
        data-focus={`row ${row.id}`}
        onClick={() => run(openFrameworkRow, isOpen ? null : row.id)}
      >
        <code className={styles.rowId} lang={CONTENT_LANGUAGE}>
          {row.id}
        </code>
        <span className={styles.rowTitle} lang={CONTENT_LANGUAGE}>
          {row.title}
        </span>
        <span className={styles.states}>
          <Badge tone={STATE_TONES[row.state]}>{STATE_NAMES[row.state]}</Badge>
          {row.excluded?.standing === 'contradicted' ? <Badge tone="warn">{t('Contradicted')}</Badge> : null}
        </span>
      </button>
      {isOpen ? <RowDetail framework={framework} row={row} /> : null}
    </li>
  )
}
