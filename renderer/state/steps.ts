import { isUnbegun } from '../../core/model/create-from-start.ts'
import type { Design } from '../../core/model/types.ts'
import { t } from '../words/translate.ts'
import type { Role } from './preferences.ts'

/** One of the nine steps of the pipeline. */
export type PipelineStep = 'scope' | 'model' | 'threats' | 'mitigate' | 'gate' | 'prompts' | 'checklist' | 'verify' | 'reports'

/** The address of a place: home, a step, or what waits for one's own hands. */
export type StepId = 'home' | PipelineStep | 'work'

/** One of the five verbs that home begins with. */
export type FirstStep = 'model' | 'decide' | 'gate' | 'copy' | 'verify'

/** A step as the rail shows it. */
export type Step = { readonly id: PipelineStep; readonly number: number; readonly name: string }

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

const NAMES: Readonly<Record<StepId, () => string>> = {
  home: () => t('Home'),
  scope: () => t('Scope'),
  model: () => t('Model'),
  threats: () => t('Threats'),
  mitigate: () => t('Mitigate'),
  gate: () => t('Gate'),
  prompts: () => t('Prompts'),
  checklist: () => t('Checklist'),
  verify: () => t('Verify'),
  reports: () => t('Reports'),
  work: () => t('My work'),
}

/** What a place is called in the language of the window. */
export function stepName(step: StepId): string {
  return NAMES[step]()
}

/** The place an address names; anything else is the first step. */
export function stepOf(address: string): StepId {
  const asked = address.replace(/^#?\/?/, '')
  return Object.hasOwn(NAMES, asked) ? (asked as StepId) : 'scope'
}

/** Where a window opens when its address names no place: home while nothing is begun, else where this person mostly works. */
export function firstStep(design: Design, role: Role | undefined): StepId {
  if (isUnbegun(design)) return 'home'
  return role === 'build' || role === 'review' ? 'work' : 'model'
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
