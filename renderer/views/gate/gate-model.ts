import type { Gate, GateProblem } from '../../../core/gate/evaluate.ts'
import type { Ternary } from '../../../core/model/types.ts'
import { groupedBy } from '../../state/grouped-by.ts'

/** What can be set in place, without leaving the gate. */
export type InlineFix =
  | { readonly kind: 'ternary'; readonly field: string; readonly label: string }
  | { readonly kind: 'text'; readonly field: string; readonly label: string }
  | { readonly kind: 'class' }
  | { readonly kind: 'verification' }
  | { readonly kind: 'approve' }

const FIXES: Readonly<Record<string, InlineFix>> = {
  setProtocol: { kind: 'text', field: 'protocol', label: 'Protocol' },
  setEncryption: { kind: 'ternary', field: 'encryption', label: 'Encrypted in transit' },
  setAuthentication: { kind: 'ternary', field: 'authentication', label: 'Ends prove who they are' },
  setExposure: { kind: 'ternary', field: 'attributes/exposedToInternet', label: 'Exposed to the internet' },
  setClass: { kind: 'class' },
  setVerification: { kind: 'verification' },
  approveRequirement: { kind: 'approve' },
}

/** The fixer that stands beside a problem, where there is one. */
export function fixFor(problem: Pick<GateProblem, 'fix'>): InlineFix | undefined {
  return problem.fix ? FIXES[problem.fix.kind] : undefined
}

/** What the seal says. */
export function gateSentence(gate: Gate): string {
  if (gate.open) return 'Nothing stands between this design and its prompts.'
  const things = gate.problems.length === 1 ? '1 thing stands' : `${gate.problems.length} things stand`
  return `${things} between you and the prompts, about ${gate.effort} min.`
}

/** Problems of one kind. */
export type ProblemGroup = { readonly code: string; readonly problems: readonly GateProblem[] }

/** Problems of one kind together, in the gate's own order of effort. */
export function groupsOf(problems: readonly GateProblem[]): readonly ProblemGroup[] {
  return [...groupedBy(problems, problem => problem.code)].map(([code, own]) => ({ code, problems: own }))
}

/** Unknown as the design stores it: not at all. */
export function storedTernary(value: Ternary): Ternary | undefined {
  return value === 'unknown' ? undefined : value
}

/** A rule's code in words: "gate.crossing.protocolUnknown" reads "crossing: protocol unknown". */
export function ruleWords(code: string): string {
  const [, part = '', rest = ''] = code.split('.')
  const spaced = (text: string) => text.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return rest ? `${spaced(part)}: ${spaced(rest)}` : spaced(part)
}
