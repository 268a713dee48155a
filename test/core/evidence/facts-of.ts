import { readEvidence } from '../../../core/evidence/read.ts'
import type { Evidence, Facts } from '../../../core/evidence/types.ts'
import type { Problem } from '../../../core/support/result.ts'

/** What a text says, for tests that know it can be read. */
export function evidenceIn(text: string): Evidence {
  const read = readEvidence('x', text)
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value
}

export function factsOf<K extends keyof Facts>(kind: K, text: string): NonNullable<Facts[K]> {
  const facts = evidenceIn(text).facts[kind]
  if (!facts) throw new Error(`does not speak of ${kind}`)
  return facts
}

/** Why a text is refused. */
export function problemOf(text: string): Problem | undefined {
  const read = readEvidence('x', text)
  return read.ok ? undefined : read.problems[0]
}
