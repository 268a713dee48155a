import type { CoverageCell } from '../../../core/mitigations/coverage-cell.ts'
import type { Category, PrivacyCategory } from '../../../core/model/types.ts'
import { dismissCell, showCell } from '../../commands/definitions/threats-look.ts'
import { nothingAt, whyNothing } from '../../commands/definitions/why.ts'
import { membersOf } from '../../state/merged.ts'
import type { FindingFilter } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, PRIVACY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { t } from '../../words/translate.ts'
import { type CellLook, lookOf, type MapRow, reasonsIn, startOf, undecidedIn } from './map-model.ts'
import styles from './stride-map.module.css'

/** How a cell looks, in signs that need no colour. */
export const CELL_MARKS: Readonly<Record<CellLook, string>> = {
  covered: '●',
  partly: '◐',
  asking: '○',
  waiting: '◦',
  notApplicable: '—',
  kept: '◌',
  nothing: '·',
}

type Props = {
  readonly row: MapRow
  readonly privacy: readonly PrivacyCategory[]
  /** Which of its places Tab reaches. */
  readonly stop: number | undefined
}

/** One element or flow of the map. */
export function MapCells({ row, privacy, stop }: Props) {
  const { id, name, cells, outOfScope } = row
  return (
    <tr data-row={id} data-out={outOfScope !== undefined}>
      <th scope="row">{name}</th>
      {cells ? (
        <>
          {CATEGORIES.map((category, index) => (
            <td key={category} className={styles.cell}>
              <Cell
                cell={cells[category]}
                at={{ subject: id, category }}
                label={`${name}, ${CATEGORY_NAMES[category]}`}
                isStop={stop === index}
              />
            </td>
          ))}
          {privacy.map((category, index) => (
            <td key={category} className={`${styles.cell} ${index === 0 ? styles.privacy : ''}`}>
              <Cell
                cell={row.privacy[category]}
                at={{ subject: id, category }}
                label={`${name}, ${PRIVACY_NAMES[category]} ${t('(privacy)')}`}
                isStop={stop === CATEGORIES.length + index}
              />
            </td>
          ))}
        </>
      ) : (
        <td colSpan={CATEGORIES.length + privacy.length} className={styles.out}>
          <span className={styles.outWord}>{t('Out of scope')}</span> {outOfScope}
        </td>
      )}
    </tr>
  )
}

type CellProps = {
  readonly cell: CoverageCell | undefined
  readonly at: { readonly subject: string; readonly category: Category | PrivacyCategory }
  readonly label: string
  readonly isStop: boolean
}

/** One category at one place. Enter starts there; X says in one go why nothing of it applies. */
function Cell({ cell, at, label, isStop }: CellProps) {
  const run = useRun()
  const design = useDesign()
  const facts = useFacts()
  const findings = () => facts.about(at.subject).flatMap(membersOf)
  const look = cell ? lookOf(cell) : 'nothing'
  const stride = CATEGORIES.find(category => category === at.category)
  if (!cell || look === 'nothing') {
    if (!stride)
      return (
        <span className={styles.none}>
          <span aria-hidden>{CELL_MARKS.nothing}</span>
          <span className="visually-hidden">{t('nothing found')}</span>
        </span>
      )
    return (
      <button
        type="button"
        className={`${styles.button} ${styles.none}`}
        tabIndex={isStop ? 0 : -1}
        aria-label={t('Nothing found: {{label}}. Why?', { label })}
        data-focus={nothingAt({ subject: at.subject, category: stride })}
        onClick={() => run(whyNothing, { subject: at.subject, category: stride })}
      >
        <span aria-hidden>{CELL_MARKS.nothing}</span>
        <span className={styles.ask} aria-hidden>
          {t('why?')}
        </span>
      </button>
    )
  }
  const reasons = look === 'notApplicable' ? reasonsIn(design, findings(), at) : []
  const words = [cellWords(cell, look), ...reasons].join('. ')
  const standing = startOf(cell)
  const of: Pick<FindingFilter, 'category' | 'privacy'> = stride
    ? { category: stride }
    : { privacy: at.category as PrivacyCategory }
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[look]}`}
      tabIndex={isStop ? 0 : -1}
      title={words}
      aria-label={`${words}, ${label}`}
      onClick={() => run(showCell, { element: at.subject, ...of, ...(standing === 'all' ? {} : { standing }) })}
      onKeyDown={event => {
        if (event.key !== 'x' && event.key !== 'X') return
        event.preventDefault()
        run(dismissCell, undecidedIn(design, findings(), at))
      }}
    >
      <span aria-hidden>{CELL_MARKS[look]}</span>
      <span className={styles.count} aria-hidden>
        {countOf(cell, look)}
      </span>
    </button>
  )
}

function countOf({ decided, now, later, suppressed, threats }: CoverageCell, look: CellLook): string {
  if (look === 'kept') return String(suppressed)
  if (look === 'notApplicable') return t('N/A')
  return now + later > 0 ? `${decided}/${now + later}` : String(threats.length)
}

function cellWords(cell: CoverageCell, look: CellLook): string {
  const { decided, now, later, suppressed, open, mitigated, accepted, unproven } = cell
  if (look === 'kept') return t('{{suppressed}} kept back', { suppressed })
  const parts = [
    now + later > 0 ? t('{{decided}}/{{all}} decided', { decided, all: now + later }) : '',
    open > 0 ? t('{{open}} open', { open }) : '',
    mitigated > 0 ? t('{{mitigated}} mitigated', { mitigated }) : '',
    accepted > 0 ? t('{{accepted}} accepted', { accepted }) : '',
    unproven > 0 ? t('{{unproven}} not verifiable yet', { unproven }) : '',
    look === 'notApplicable' ? t('N/A') : '',
    suppressed > 0 ? t('{{suppressed}} kept back', { suppressed }) : '',
  ]
  return parts.filter(Boolean).join(', ')
}
