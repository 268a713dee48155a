// What the reports of both test runners say in numbers.

/**
 * A failed test counts once, however many describe blocks it stands in; a file counts as failed when it fails without a failed test,
 * because it cannot be loaded or one of its hooks fails.
 */
export function unitCounts(report) {
  const failedWithoutTest = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + failedWithoutTest.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A journey that passes at its second try passes. */
export function journeyCounts({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}
