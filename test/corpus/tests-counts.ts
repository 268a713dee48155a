/** Counts straight from the text of a JUnit report or the JSON of a CTRF report, written without a look at the readers. */
export type TestCounts = Readonly<Record<'tests' | 'failed' | 'error' | 'skipped' | 'flaky' | 'passed' | 'unclear', number>>

const none = () => ({ tests: 0, failed: 0, error: 0, skipped: 0, flaky: 0, passed: 0, unclear: 0 })

export function junitCounts(xml: string): TestCounts {
  const counts = none()
  const plain = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')
  for (const [, own = '', body = ''] of plain.matchAll(
    /<testcase\b((?:[^>"']|"[^"]*"|'[^']*')*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    counts.tests++
    const holds = (name: string) => new RegExp(`<${name}[\\s/>]`).test(body)
    if (holds('error')) counts.error++
    else if (holds('failure')) counts.failed++
    else if (holds('skipped') || /status="(?:notrun|disabled)"/.test(own)) counts.skipped++
    else if (/<(?:flaky|rerun)/.test(body)) counts.flaky++
    else counts.passed++
  }
  return counts
}

export function ctrfCounts(json: string): TestCounts {
  const counts = none()
  const { results } = JSON.parse(json) as {
    results: { tests: { status: string; flaky?: boolean; retries?: number; retryAttempts?: unknown[] }[] }
  }
  for (const { status, flaky, retries, retryAttempts } of results.tests) {
    counts.tests++
    if (status === 'pending' || status === 'skipped') counts.skipped++
    else if (status === 'failed') counts.failed++
    else if (status === 'other') counts.unclear++
    else if (flaky || (retries ?? 0) > 0 || JSON.stringify(retryAttempts ?? []).includes('"failed"')) counts.flaky++
    else counts.passed++
  }
  return counts
}

export const folders: readonly string[] = ['junit', 'ctrf']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  tests: text => (text.trimStart().startsWith('<') ? junitCounts(text) : ctrfCounts(text)).tests,
}
