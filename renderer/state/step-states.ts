import { rowsOf, sizeOf } from '../../core/model/table.ts'
import type { Design, Table } from '../../core/model/types.ts'
import { t } from '../words/translate.ts'
import type { Facts } from './facts.ts'
import type { PipelineStep } from './steps.ts'

/** How far a step is. */
export type StepState = 'empty' | 'inProgress' | 'complete' | 'attention'

const WORDS: Readonly<Record<StepState, () => string>> = {
  empty: () => t('empty'),
  inProgress: () => t('in progress'),
  complete: () => t('complete'),
  attention: () => t('needs attention'),
}

/** The same in words, for those who do not see the mark. */
export function stateWords(state: StepState): string {
  return WORDS[state]()
}

/** How far each step is; what a person must look at shows as attention, never as a colour alone. */
export function stepStates(design: Design, facts: Facts): Readonly<Record<PipelineStep, StepState>> {
  const has = (table: Table<{ readonly id: string }>) => sizeOf(table) > 0
  const requirements = rowsOf(design.requirements).filter(row => row.status !== 'retired')
  const model = facts.problems().filter(problem => /^[EFB]-/.test(problem.at ?? ''))
  const gate = facts.gate()
  const isPromptable = has(design.workItems)
  return {
    scope: requirements.length === 0 ? 'empty' : requirements.every(row => row.status === 'approved') ? 'complete' : 'inProgress',
    model: !has(design.elements) ? 'empty' : model.some(problem => problem.severity !== 'info') ? 'attention' : 'complete',
    threats: facts.findings().length === 0 ? 'empty' : facts.open().length === 0 ? 'complete' : 'inProgress',
    mitigate: !has(design.threats)
      ? 'empty'
      : facts.states().some(state => state.response === 'open')
        ? 'inProgress'
        : 'complete',
    gate: !has(design.elements) ? 'empty' : gate.open ? 'complete' : 'attention',
    prompts: !isPromptable ? 'empty' : gate.open ? 'complete' : 'inProgress',
    checklist: isPromptable ? 'complete' : 'empty',
    verify: isPromptable ? 'inProgress' : 'empty',
    reports: has(design.elements) ? 'complete' : 'empty',
  }
}
