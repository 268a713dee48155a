import { expect } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { Evidence, ScanFacts, VulnerabilityFacts } from '../../../core/evidence/types.ts'
import type { Problem } from '../../../core/support/result.ts'

/** What a report says; the test fails where it is refused. */
export function read(value: unknown): Evidence {
  const reading = readEvidence('x', typeof value === 'string' ? value : JSON.stringify(value))
  if (!reading.ok) throw new Error(reading.problems[0].message)
  return reading.value
}

export function vulnerabilitiesIn(value: unknown): VulnerabilityFacts {
  const { vulnerabilities } = read(value).facts
  if (!vulnerabilities) throw new Error('The report does not speak of vulnerabilities.')
  return vulnerabilities
}

export function scanIn(value: unknown): ScanFacts {
  const { scan } = read(value).facts
  if (!scan) throw new Error('The report is of no scanner.')
  return scan
}

/** Why a report is refused; the test fails where it is read. */
export function refusalOf(value: unknown): Problem {
  const reading = readEvidence('x', typeof value === 'string' ? value : JSON.stringify(value))
  expect(reading.ok).toBe(false)
  if (reading.ok) throw new Error('It is read.')
  const [problem] = reading.problems
  expect(problem.cure?.length ?? 0).toBeGreaterThan(10)
  return problem
}
