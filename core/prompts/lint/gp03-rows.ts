import { cweOf } from '../threat-rows.ts'
import { error, type LintRule, warning } from './input.ts'

/** Every row names the weakness, the control and what shows it. */
export const gp03Rows: LintRule = ({ rows, controlOf }) =>
  rows.flatMap(row => {
    const control = controlOf(row.mitigation.control)
    const isShown = control !== undefined || Object.keys(row.mitigation.checks ?? {}).length > 0
    return [
      ...(cweOf(row, control).length > 0
        ? []
        : [
            warning(row.threat.id, {
              code: 'GP03',
              message: 'The threat names no weakness (CWE).',
              cure: 'Give it the CWE it rests on.',
            }),
          ]),
      ...(isShown
        ? []
        : [
            error(row.mitigation.id, {
              code: 'GP03',
              message: 'Nothing shows that this mitigation is there.',
              cure: 'Give it a check, or name the control of a pack that it applies.',
            }),
          ]),
    ]
  })
