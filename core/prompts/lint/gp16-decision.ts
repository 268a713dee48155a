import { allows } from '../../gate/policy.ts'
import { isExpired } from '../../gate/waivers.ts'
import { error, type LintRule } from './input.ts'

/** The prompt states the zone it was made for, and that decision is of now and lets the work be done. */
export const gp16Decision: LintRule = ({ id, text, slice, at }) => {
  const { decision, workItem } = slice
  const lastDay = / · valid until (\d{4}-\d\d-\d\d)$/m.exec(text)?.[1]
  const faults = [
    ...(new RegExp(`zone ${decision.level}(?![-\\w])`).test(text) ? [] : ['The prompt does not state its zone.']),
    ...(isExpired(at, lastDay) ? [`Something the prompt rests on ended on ${lastDay}.`] : []),
    ...(decision.evaluatedAt === at ? [] : ['The policy was decided at another time than the prompt was made.']),
    ...(allows(decision.level, workItem.operation) ? [] : [`The zone ${decision.level} does not allow "${workItem.operation}".`]),
  ]
  return faults.map(message => error(id, { code: 'GP16', message, cure: 'Make the prompt again.' }))
}
