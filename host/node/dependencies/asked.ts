import type { Check, Expression } from '../../../core/model/types.ts'

/** What checks ask of lockfiles; nothing is read for those that do not ask. */
export type DependencyQuestions = { readonly broughtIn: boolean; readonly locked: boolean }

export function questionsIn(checks: readonly Check[]): DependencyQuestions {
  const asks = (isSo: (one: Expression) => boolean): boolean => {
    const holds = (one: Expression): boolean => isSo(one) || [...(one.all ?? []), ...(one.any ?? [])].some(holds)
    return checks.some(({ verify }) => verify !== undefined && holds(verify))
  }
  return {
    broughtIn: asks(({ newDependencies }) => newDependencies !== undefined),
    locked: asks(({ components }) => components?.matchesLockfiles === true),
  }
}
