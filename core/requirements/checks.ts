import type { Design, Requirement } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { actorOf } from './derive.ts'

/** What keeps a requirement from being approved; the only place where lint is more than advice. */
export function approvalProblems(design: Design, requirement: Requirement): readonly Problem[] {
  const problems: Problem[] = []
  const lacks = (code: string, message: string, cure: string) =>
    problems.push({ code, severity: 'error', at: requirement.id, message, cure })
  if (!/^R-[0-9A-HJKMNP-TV-Z]{5}$/.test(requirement.id))
    lacks('requirement.id', 'It has no proper id.', 'Delete it and write it again; ids are given, not chosen.')
  if (actorOf(design, requirement) === undefined)
    lacks(
      'requirement.noActor',
      'It does not say who acts.',
      'Begin the sentence with the element that shall act, or state the actor.',
    )
  if (requirement.verification === undefined)
    lacks(
      'requirement.noVerification',
      'It does not say how it will be shown to hold.',
      'Choose test, analysis, inspection or demonstration.',
    )
  return problems
}
