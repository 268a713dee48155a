import { type ChangedText, isProse, linesAdded, linesOf } from './changed-lines.ts'
import type { Found } from './suppressions.ts'

/** How many tests and assertions a test file declares on each side of the change, line by line. */
export type TestFile = {
  readonly path: string
  readonly sha256: string
  readonly before: TestCount | undefined
  readonly after: TestCount | undefined
  /** Tests that the change skips, or runs alone so that the others are skipped. */
  readonly skipped: readonly Found[]
}

/** `declared` holds the lines that declare a test, without the space around them: what a moved test keeps. */
export type TestCount = { readonly tests: number; readonly assertions: number; readonly declared: readonly string[] }

const TEST_PATHS = [
  /(?:^|\/)(?:test|tests|spec|specs|__tests__|e2e|testing)\//,
  /\.(?:test|spec|cy|e2e)\.[^/]+$/,
  /(?:^|\/)test_[^/]+\.py$/,
  /_(?:test|spec)\.[^/]+$/,
  /(?:Test|Tests|TestCase|IT|Spec)\.(?:java|kt|kts|groovy|scala|cs|vb|php|swift|m|mm|dart)$/,
]

const CODE =
  /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|kts|groovy|scala|cs|vb|fs|php|swift|mm?|rs|exs?|dart|c|cc|cpp|cxx|h|hpp|lua|sh|bats|pl|t|clj|erl|hs|sql|feature|robot|vue|svelte)$/i

/** Whether a path is that of a file of tests. */
export function isTestFile(path: string): boolean {
  return CODE.test(path) && !isProse(path) && TEST_PATHS.some(pattern => pattern.test(path))
}

/** What the change does to a file of tests; undefined where it is none. */
export function testsTouched(file: ChangedText): TestFile | undefined {
  const { path, before, after } = file
  if (!isTestFile(path)) return undefined
  const sha256 = (after ?? before)?.sha256 ?? ''
  const skipped = linesAdded(file, ({ text }) => SKIPS.test(text) && !isCommented(text)).map(({ line, text }) => ({
    ...{ path, line, sha256 },
    what: text.trim(),
  }))
  return { path, sha256, before: before && countIn(before.text ?? ''), after: after && countIn(after.text ?? ''), skipped }
}

const SKIPS = new RegExp(
  [
    String.raw`(?<![.\w$])(?:it|test|describe|context|suite|specify|bench)(?:\.\w+)*\.(?:skip|only|todo|fixme|fails|failing|skipIf|runIf)\b`,
    String.raw`\b(?:xit|xtest|xdescribe|xcontext|xspecify|fit|fdescribe|xscenario)\s*[(\s]`,
    String.raw`\bthis\.skip\(|\btest\.(?:skip|fixme|fail)\(|\bpending\s*[('"]|\bskip\s+['"]|\bskip:\s*(?:true|['"])`,
    String.raw`@(?:pytest\.mark\.(?:skip|skipif|xfail)|unittest\.(?:skip|skipIf|skipUnless|expectedFailure)|skip\b)`,
    String.raw`\bpytest\.(?:skip|xfail|importorskip)\(|\bself\.skipTest\(|\braise\s+(?:unittest\.)?SkipTest`,
    String.raw`@(?:Ignore|Disabled\w*|Ignored|Test\(enabled\s*=\s*false)|\bAssume\.|\bassumeTrue\(|\bXCTSkip`,
    String.raw`\b[tb]\.Skip(?:f|Now)?\(|#\[ignore|\[(?:Ignore|Skip)\b|\[(?:Fact|Theory)\(\s*Skip|\bmarkTest(?:Skipped|Incomplete)\(`,
    String.raw`@tag\s+:skip|@moduletag\s+:skip|\bGTEST_SKIP\b|\bDISABLED_\w+|\b__test__\s*=\s*False|\bcollect_ignore\b`,
  ].join('|'),
)

const DECLARES = new RegExp(
  [
    String.raw`(?<![.\w$])(?:it|test|specify|scenario)(?:\.\w+)*\s*(?:\(|\x60|['"])`,
    String.raw`\bDeno\.test\(|\bdef\s+test\w*|\bfunc\s+(?:Test|Fuzz|test)\w*\(|\bfunction\s+test\w*\(|\bfun\s+\x60`,
    String.raw`@(?:Test|ParameterizedTest|RepeatedTest|Property)\b|#\[(?:\w+::)*test\b|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b`,
    String.raw`\b(?:TEST|TEST_F|TEST_P|TEST_CASE|BOOST_AUTO_TEST_CASE)\s*\(|^\s*Scenario(?: Outline)?:|^@test\s`,
  ].join('|'),
)

const ASSERTS =
  /\b(?:expect|assert\w*|refute\w*|verify\w*|EXPECT_\w+|ASSERT_\w+|REQUIRE|CHECK|XCTAssert\w*|XCTFail|fail)\b\s*[(.!'"\s]|\.should\b|\b[tb]\.(?:Error|Fatal|Fail)\w*\(|\brequire\.[A-Z]\w*\(|\bpytest\.raises\b|\bmust_\w+/g

/** Comments and imports assert nothing; a test that is commented out is gone. */
function isCommented(text: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!\[)|--|<!--|import\b|from\b|using\b|use\b)/.test(text)
}

function countIn(text: string): TestCount {
  const declared: string[] = []
  let assertions = 0
  for (const { text: line } of linesOf(text)) {
    if (isCommented(line)) continue
    if (DECLARES.test(line)) declared.push(line.trim())
    assertions += line.slice(0, LONGEST).match(ASSERTS)?.length ?? 0
  }
  return { tests: declared.length, assertions, declared }
}

/** Characters of a line that are searched for assertions; longer lines are not written by hand. */
const LONGEST = 10_000

/** Files of tests that are gone, with a test that stands nowhere else now. */
export function deletedTests(tests: readonly TestFile[]): readonly TestFile[] {
  const elsewhere = new Set(tests.flatMap(({ after }) => after?.declared ?? []))
  return tests.filter(({ before, after }) => !after && before?.declared.some(line => !elsewhere.has(line)))
}

/** Whether a file declares fewer tests, or asserts less, than before. */
export function isFewer({ before, after }: TestFile): boolean {
  if (!before) return false
  return (after?.tests ?? 0) < before.tests || (after?.assertions ?? 0) < before.assertions
}
