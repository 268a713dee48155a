/** The address of a step. */
export type StepId = 'scope' | 'model' | 'threats' | 'mitigate' | 'gate' | 'prompts' | 'checklist' | 'verify' | 'reports'

/** A step as the rail shows it. */
export type Step = { readonly id: StepId; readonly number: number; readonly name: string }

/** The nine steps in the order of the pipeline; the address of a step is its id. */
export const STEPS: readonly Step[] = [
  { id: 'scope', number: 1, name: 'Scope' },
  { id: 'model', number: 2, name: 'Model' },
  { id: 'threats', number: 3, name: 'Threats' },
  { id: 'mitigate', number: 4, name: 'Mitigate' },
  { id: 'gate', number: 5, name: 'Gate' },
  { id: 'prompts', number: 6, name: 'Prompts' },
  { id: 'checklist', number: 7, name: 'Checklist' },
  { id: 'verify', number: 8, name: 'Verify' },
  { id: 'reports', number: 9, name: 'Reports' },
]

/** The step an address names; anything else is the first one. */
export function stepOf(address: string): StepId {
  return STEPS.find(step => step.id === address.replace(/^#?\/?/, ''))?.id ?? 'scope'
}

/** Where an object is at home, by the prefix of its id. */
export function homeOf(id: string): StepId | undefined {
  return HOMES[id.split('-')[0] ?? '']
}

const HOMES: Readonly<Record<string, StepId>> = {
  R: 'scope',
  A: 'scope',
  D: 'scope',
  E: 'model',
  F: 'model',
  B: 'model',
  G: 'model',
  N: 'threats',
  T: 'mitigate',
  M: 'mitigate',
  X: 'mitigate',
  W: 'prompts',
  P: 'prompts',
  C: 'checklist',
}
