import { expect, test } from 'vitest'
import { howOf } from '../../../core/checklists/how.ts'
import type { MATCHERS } from '../../../core/verdict/matchers.ts'
import type { Expression } from '../../../schemas/generated/types.ts'

const from = { slot: 'some' }
const ASKED: { readonly [W in keyof typeof MATCHERS]: NonNullable<Expression[W]> } = {
  tests: { from, match: ['*denies*'], min: 1 },
  findings: { from, max: 0 },
  vulnerabilities: { from, max: 0, minPackages: 1 },
  components: { from, min: 1 },
  newDependencies: {},
  coverage: { from, paths: ['src/**'], minPercent: 80 },
  fuzz: { from, minExecutions: 1000, minSeconds: 60 },
  dast: { from, max: 0, reached: ['https://app.example/**'] },
  file: { path: 'a.txt', exists: true },
  commits: { aiDisclosed: true },
  attestation: { from, predicateType: 'https://slsa.dev/provenance/*' },
  signoff: { role: 'reviewer', count: 1 },
}

test.each(Object.entries(ASKED))('a check on %s says in a few words how it is decided', (word, asked) => {
  const how = howOf({ verify: { [word]: asked } })
  expect(how).not.toContain('nothing')
  expect(how.length).toBeGreaterThan(6)
  expect(how.length).toBeLessThan(90)
})
