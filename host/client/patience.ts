import type { CallName } from '../contract.ts'

/** Seconds a call may take, when it may usually take so many: many files take long to read, and the host itself ends what hangs. */
export function patienceFor(name: CallName, usual: number): number {
  return name === 'import.read' ? usual * 20 : usual
}
