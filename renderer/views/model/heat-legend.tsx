import heat from '../../canvas/heat.module.css'
import type { HeatMap } from '../../canvas/heat.tsx'
import { heatName } from '../../commands/definitions/model-look.ts'
import type { Heat } from '../../state/session.ts'
import { CLASS_NAMES } from '../../state/words.ts'
import { t } from '../../words/translate.ts'
import { type LegendWords, legendOf } from './heat-model.ts'
import styles from './model-view.module.css'

/** What the colours mean, with the sign of each and how many things have it; this is also how the heat is heard. */
export function HeatLegend({ mode, map }: { readonly mode: Heat; readonly map: HeatMap }) {
  if (mode === 'off') return null
  return (
    <section className={styles.legend} aria-label={t('Legend: {{heat}}', { heat: heatName(mode) })}>
      <h2 className={styles.legendTitle}>{heatName(mode)}</h2>
      <ul className={styles.legendLines}>
        {legendOf(mode, map).map(line => (
          <li key={line.mark} className={styles.legendLine} data-none={line.count === 0}>
            <span className={styles.swatch}>
              <span className={heat.fill} data-level={line.level} aria-hidden />
              <b>{line.mark}</b>
            </span>
            <span className={styles.grow}>{wordsFor(line.words)}</span>
            <span className={styles.legendCount}>{line.count}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function wordsFor(words: LegendWords): string {
  switch (words.kind) {
    case 'open':
      return t('open')
    case 'level':
      return { low: t('Low'), medium: t('Medium'), high: t('High'), critical: t('Critical') }[words.level]
    case 'class':
      return words.name === 'D?'
        ? t('not classified')
        : (CLASS_NAMES[words.name as keyof typeof CLASS_NAMES] ?? words.name).slice(3)
    case 'unseen':
      return t('asks, and nobody decided')
  }
}
