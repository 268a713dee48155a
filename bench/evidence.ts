import { billsOfMaterials } from './evidence-cyclonedx.ts'
import { junitReports } from './evidence-junit.ts'
import { sarifLogs } from './evidence-sarif.ts'
import type { Part } from './run.ts'
import { printTable } from './table.ts'

/** Goals on large files of evidence: one file and one row each. A program that is timed is a file `*-child.ts` beside it. */
const GOALS: readonly ((root: string) => Part)[] = [sarifLogs, billsOfMaterials, junitReports]

/** Measures how large reports are read and prints one table of ratios. */
export function run(root: string): void {
  const parts = GOALS.map(goal => goal(root))
  printTable(
    parts.flatMap(part => part.lines),
    parts.flatMap(part => part.remarks),
  )
}
