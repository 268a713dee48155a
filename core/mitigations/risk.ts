/** How bad a risk is, as the policy and the gate speak of it. */
export type RiskLevel = 'low' | 'medium' | 'high' | 'critical'

/** A place in the matrix. */
export type Risk = {
  /** 1 very low to 5 very high. */
  readonly likelihood: number
  readonly impact: number
  /** Likelihood times impact, for ordering only; the level comes from the matrix. */
  readonly score: number
  readonly level: RiskLevel
}

type Row = readonly [RiskLevel, RiskLevel, RiskLevel, RiskLevel, RiskLevel]

/** The matrix people see: a row for each likelihood from 1 to 5, a column for each impact from 1 to 5. */
export const RISK_MATRIX: readonly [Row, Row, Row, Row, Row] = [
  ['low', 'low', 'low', 'low', 'medium'],
  ['low', 'low', 'medium', 'medium', 'high'],
  ['low', 'medium', 'medium', 'high', 'high'],
  ['low', 'medium', 'high', 'high', 'critical'],
  ['medium', 'high', 'high', 'critical', 'critical'],
]

/** Levels from mild to grave. */
export const RISK_LEVELS: readonly RiskLevel[] = ['low', 'medium', 'high', 'critical']

/** The risk at a place of the matrix; what lies outside counts as the nearest edge. */
export function riskOf(likelihood: number, impact: number): Risk {
  const row = onScale(likelihood)
  const column = onScale(impact)
  return { likelihood: row, impact: column, score: row * column, level: RISK_MATRIX[index(row)][index(column)] }
}

/** Whether a level is known and reaches the floor. */
export function levelAtLeast(level: RiskLevel | undefined, floor: RiskLevel): boolean {
  return level !== undefined && RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(floor)
}

type Index = 0 | 1 | 2 | 3 | 4

function onScale(value: number): number {
  return Number.isNaN(value) ? 5 : Math.min(5, Math.max(1, Math.round(value)))
}

function index(value: number): Index {
  return (value - 1) as Index
}
