import type { Target } from '../../../core/model/types.ts'
import { linkMeasure, type Measure, measuresOf } from '../../../core/prompts/size.ts'
import { numberWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import styles from './prompt-side.module.css'

/** How long the text is against what the target takes; a bar only where there is a limit. */
export function SizePart({ text, target }: { readonly text: string; readonly target: Target | undefined }) {
  const measures = measuresOf(text, target?.limits ?? {})
  const link = target && linkMeasure(text, target)
  const all = link ? [...measures, link] : measures
  return (
    <ul className={styles.sizes} aria-label={t('Size')}>
      {all.map(measure => (
        <SizeRow key={measure.unit} measure={measure} />
      ))}
    </ul>
  )
}

function SizeRow({ measure }: { readonly measure: Measure }) {
  const { used, limit } = measure
  const isOver = limit !== undefined && used > limit
  return (
    <li className={styles.size} data-over={isOver}>
      <span className={styles.sizeWord}>{unitWords(measure)}</span>
      <span className={styles.sizeLimit}>
        {limit === undefined ? t('no limit') : t('of {{limit}}', { limit: numberWords(limit) })}
      </span>
      {limit === undefined ? null : (
        <meter className={styles.meter} min={0} max={limit} value={Math.min(used, limit)} aria-label={unitWords(measure)} />
      )}
      {isOver && measure.unit === 'link' ? (
        <span className={styles.sizeNote}>
          {t('Too long for a link: the link has Cursor fetch the prompt over MCP. Or paste it.')}
        </span>
      ) : isOver ? (
        <span className={styles.sizeNote}>{t('Over the limit of this target. Split the work item.')}</span>
      ) : null}
    </li>
  )
}

function unitWords({ unit, used }: Measure): string {
  const size = numberWords(used)
  switch (unit) {
    case 'lines':
      return t('{{size}} lines', { size })
    case 'tokens':
      return t('about {{size}} tokens', { size })
    case 'bytes':
      return t('{{size}} bytes', { size })
    case 'link':
      return t('{{size}} as a Cursor link', { size })
    default:
      return t('{{size}} characters', { size })
  }
}
