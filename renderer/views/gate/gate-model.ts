import type { Gate, GateProblem } from '../../../core/gate/evaluate.ts'
import { GATE_RULES } from '../../../core/gate/gate-rules.ts'
import type { Opening } from '../../../core/gate/opening.ts'
import type { Preset } from '../../../core/gate/presets.ts'
import { type NamedWaiver, waiverFault } from '../../../core/gate/waivers.ts'
import { daysUntil } from '../../../core/mitigations/acceptance.ts'
import type { Policy } from '../../../core/model/types.ts'
import { t } from '../../words/translate.ts'

/** What answers a problem in place: small ones stand beside it, large ones open below it. */
export type FixKind =
  | { readonly kind: 'ternary'; readonly field: string }
  | { readonly kind: 'text'; readonly field: string; readonly words: readonly string[] }
  | {
      readonly kind: 'class' | 'verification' | 'data' | 'confirm' | 'estimate' | 'globs' | 'approver' | 'renew' | 'removeWaiver'
    }
  | { readonly kind: 'check' | 'finding' | 'threat' | 'requirement' | 'addRequirement'; readonly opens: true }

const PROTOCOLS = ['HTTPS', 'gRPC', 'mTLS', 'WebSocket', 'SQL', 'AMQP 1.0', 'Kafka', 'SSH', 'HTTP']
const LANGUAGES = ['typescript', 'python', 'java', 'go', 'csharp', 'rust']

const FIXES: Readonly<Record<string, FixKind>> = {
  setProtocol: { kind: 'text', field: 'protocol', words: PROTOCOLS },
  setLanguage: { kind: 'text', field: 'language', words: LANGUAGES },
  setEncryption: { kind: 'ternary', field: 'encryption' },
  setAuthentication: { kind: 'ternary', field: 'authentication' },
  setExposure: { kind: 'ternary', field: 'attributes/exposedToInternet' },
  setClass: { kind: 'class' },
  setData: { kind: 'data' },
  setVerification: { kind: 'verification' },
  setGlobs: { kind: 'globs' },
  confirm: { kind: 'confirm' },
  estimate: { kind: 'estimate' },
  approveAcceptance: { kind: 'approver' },
  renewAcceptance: { kind: 'renew' },
  addCheck: { kind: 'check', opens: true },
  triage: { kind: 'finding', opens: true },
  decideThreat: { kind: 'threat', opens: true },
  approveRequirement: { kind: 'requirement', opens: true },
  addRequirement: { kind: 'addRequirement', opens: true },
}

/** The fixer of a problem, where there is one. */
export function fixFor(problem: Pick<GateProblem, 'fix'> & { readonly code?: string }): FixKind | undefined {
  if (problem.code === 'gate.waiver.void') return { kind: 'removeWaiver' }
  return problem.fix ? FIXES[problem.fix.kind] : undefined
}

/** Whether somebody may waive a rule at all. */
export function canWaive(problem: Pick<GateProblem, 'code' | 'at'>): boolean {
  return problem.at !== undefined && GATE_RULES[problem.code]?.isLocked === false
}

/** What tells one problem from all others. */
export function keyOf({ code, at, message }: GateProblem): string {
  return `${code} ${at} ${message}`
}

/** What the seal says; answers that are typed and not yet kept count as given. */
export function gateSentence(gate: Gate, typed: readonly GateProblem[] = []): string {
  if (gate.open) return t('Nothing stands between this design and its prompts.')
  const count = gate.problems.length - typed.length
  const minutes = gate.effort - typed.reduce((sum, problem) => sum + problem.effort, 0)
  if (count === 0) return t('Nothing is left once what you typed is kept: press Enter.')
  return t('{{count}} things stand between you and the prompts, about {{minutes}} min.', { count, minutes })
}

/** How much of the ring is drawn, from 0 to 100: the rules that pass among all that were asked. */
export function ringShare(gate: Gate, typed: readonly GateProblem[] = []): number {
  if (gate.open) return 100
  const given = new Set(typed.map(keyOf))
  const failing = new Set(gate.problems.filter(problem => !given.has(keyOf(problem))).map(problem => problem.code))
  const all = gate.passed.length + new Set(gate.problems.map(problem => problem.code)).size
  return Math.min(94, Math.round((94 * (all - failing.size)) / Math.max(1, all)))
}

/** The digest as people compare it. */
export function shortDigest(digest: string): string {
  return digest.slice(7, 13)
}

/** How one way to an open gate begins. */
export function openingSentence({ outlook, steps, left, effort }: Opening): string {
  const values = { count: steps.length + left.length, minutes: effort }
  return outlook === 'hoped'
    ? t('If every answer turns out well: {{count}} things, about {{minutes}} min.', values)
    : t('If every answer turns out badly: {{count}} things, about {{minutes}} min.', values)
}

/** Days until a waiver ends, or why it does not count, and how loud to say it. */
export function waiverEnd(
  { waiver }: NamedWaiver,
  policy: Pick<Policy, 'waiverApprovers'>,
  at: string,
): { readonly text: string; readonly tone: 'plain' | 'warn' | 'bad' } {
  const fault = waiverFault(waiver, policy, at)
  if (fault === 'samePerson') return { text: t('Does not count: one person asked and approved'), tone: 'bad' }
  if (fault === 'notNamed') return { text: t('Does not count: the policy does not name who approved'), tone: 'bad' }
  const left = daysUntil(waiver.expires, at)
  if (left === undefined || left <= 0) return { text: t('Ended {{day}}', { day: waiver.expires }), tone: 'bad' }
  return { text: t('{{count}} days left', { count: left }), tone: left <= 14 ? 'warn' : 'plain' }
}

/** A preset's name. */
export function presetName(preset: Policy['preset']): string {
  return { team: t('Team default'), strict: t('Strict'), regulated: t('Regulated'), own: t('Your own') }[preset]
}

/** What a preset means to a person who has not read the policy. */
export function presetWords(preset: Preset): string {
  return {
    team: t('AI may write code. One reviewer looks at every change, and a test shows what must not happen.'),
    strict: t('AI may write code. Two reviewers look at every change, one of them for security, and a scanner runs.'),
    regulated: t('AI may explain and review. People write the code, except where a rule allows more.'),
  }[preset]
}
