import type { Expression } from '../../schemas/generated/types.ts'
import { describeAttestation, judgeAttestation } from './attestation.ts'
import { describeCommits, judgeCommits } from './commits.ts'
import { describeComponents, judgeComponents } from './components.ts'
import type { Scene } from './context.ts'
import { describeCoverage, judgeCoverage } from './coverage.ts'
import { describeDast, judgeDast } from './dast.ts'
import { describeFile, judgeFile } from './file.ts'
import { describeFindings, judgeFindings } from './findings.ts'
import { describeFuzz, judgeFuzz } from './fuzz.ts'
import type { Judgement } from './judgement.ts'
import { describeNewDependencies, judgeNewDependencies } from './new-dependencies.ts'
import { describeSignoff, judgeSignoff } from './signoff.ts'
import { describeTests, judgeTests } from './tests.ts'
import { describeVulnerabilities, judgeVulnerabilities } from './vulnerabilities.ts'

/** A word of the closed set, how it is judged and how it is said. */
type Matcher<T> = { readonly judge: (asked: T, scene: Scene) => Judgement; readonly describe: (asked: T) => string }

export type MatcherWord = Exclude<keyof Expression, 'all' | 'any'>

/** The closed set of predicates: no regex, no clock, no network and no negation. One file and one row each. */
export const MATCHERS: { readonly [W in MatcherWord]: Matcher<NonNullable<Expression[W]>> } = {
  tests: { judge: judgeTests, describe: describeTests },
  findings: { judge: judgeFindings, describe: describeFindings },
  vulnerabilities: { judge: judgeVulnerabilities, describe: describeVulnerabilities },
  components: { judge: judgeComponents, describe: describeComponents },
  coverage: { judge: judgeCoverage, describe: describeCoverage },
  fuzz: { judge: judgeFuzz, describe: describeFuzz },
  dast: { judge: judgeDast, describe: describeDast },
  newDependencies: { judge: judgeNewDependencies, describe: describeNewDependencies },
  file: { judge: judgeFile, describe: describeFile },
  commits: { judge: judgeCommits, describe: describeCommits },
  attestation: { judge: judgeAttestation, describe: describeAttestation },
  signoff: { judge: judgeSignoff, describe: describeSignoff },
}

/** The one predicate of an expression that is neither `all` nor `any`; undefined where it asks for nothing. */
export function matcherIn(
  expression: Expression,
): { readonly word: MatcherWord; readonly judge: (scene: Scene) => Judgement; readonly describe: () => string } | undefined {
  for (const word of Object.keys(MATCHERS) as MatcherWord[]) {
    const asked = expression[word]
    if (asked === undefined) continue
    const matcher = MATCHERS[word] as Matcher<typeof asked>
    return { word, judge: scene => matcher.judge(asked, scene), describe: () => matcher.describe(asked) }
  }
  return undefined
}
