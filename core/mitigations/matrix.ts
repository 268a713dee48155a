import { by } from '../support/order.ts'
import type { ThreatState } from './derive.ts'
import { type RiskLevel, riskOf } from './risk.ts'

/** One field of the matrix, and the threats that lie in it, by id. */
export type MatrixCell = {
  readonly likelihood: number
  readonly impact: number
  readonly level: RiskLevel
  readonly threats: readonly string[]
}

/** The matrix as people see it. */
export type MatrixView = {
  /** A row for each likelihood from 5 down to 1, in it impact from 1 to 5. */
  readonly rows: readonly (readonly MatrixCell[])[]
  /** Threats without a place, because nobody estimated them: unknown is not low. */
  readonly unestimated: readonly string[]
}

/** Where the threats lie before or after what is done about them. */
export function riskMatrix(states: readonly ThreatState[], when: 'inherent' | 'residual'): MatrixView {
  const places = new Map<string, string[]>()
  for (const state of [...states].sort(by(one => one.threat.id))) {
    const place = placeOf(state[when]?.likelihood, state[when]?.impact)
    const ids = places.get(place)
    if (ids) ids.push(state.threat.id)
    else places.set(place, [state.threat.id])
  }
  const idsAt = (place: string) => places.get(place) ?? []
  return {
    rows: [5, 4, 3, 2, 1].map(likelihood =>
      [1, 2, 3, 4, 5].map(impact => ({
        likelihood,
        impact,
        level: riskOf(likelihood, impact).level,
        threats: idsAt(placeOf(likelihood, impact)),
      })),
    ),
    unestimated: idsAt(placeOf(undefined, undefined)),
  }
}

function placeOf(likelihood: number | undefined, impact: number | undefined): string {
  return `${likelihood} ${impact}`
}
