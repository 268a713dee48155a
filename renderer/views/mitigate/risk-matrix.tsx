import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { RISK_MATRIX } from '../../../core/mitigations/risk.ts'
import panel from '../../ui/panel.module.css'
import { matrixPlaces } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'

const SCALE = [1, 2, 3, 4, 5] as const

/** Likelihood by impact: how many threats stand where, before and after. */
export function RiskMatrix({ states }: { readonly states: readonly ThreatState[] }) {
  const places = matrixPlaces(states)
  return (
    <section aria-label="Risk matrix" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>Risk matrix</h2>
        <span className={panel.grow} />
        <span className={panel.count}>○ before ● after</span>
      </div>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">Likelihood ↓ Impact →</th>
            {SCALE.map(impact => (
              <th key={impact} scope="col">
                {impact}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SCALE.toReversed().map(likelihood => (
            <tr key={likelihood}>
              <th scope="row">{likelihood}</th>
              {SCALE.map(impact => {
                const place = places.get(`${likelihood} ${impact}`)
                const level = RISK_MATRIX[likelihood - 1]?.[impact - 1] ?? 'low'
                return (
                  <td key={impact} className={styles[level]}>
                    <span className="visually-hidden">{level}: </span>
                    {place?.before ? <span>○{place.before}</span> : null} {place?.after ? <strong>●{place.after}</strong> : null}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
