import { readTaskList } from '../checklists/task-list.ts'
import { shownList } from '../evidence/show.ts'
import type { Problem } from '../support/result.ts'
import type { VerdictRecord } from './record.ts'

/**
 * A task list that came back, held against the verdicts: checks it lacks, checks of no checklist that was judged, and ticks on what is not
 * proven. A tick decides nothing; a wrong one is worth a word, because people read ticks first.
 */
export function tickProblems(records: readonly VerdictRecord[], file: string, text: string): readonly Problem[] {
  const lines = readTaskList(text)
  const verdicts = new Map(records.flatMap(({ checks }) => checks.map(check => [check.id, check.verdict] as const)))
  const named = new Set(lines.map(line => line.id))
  const problem = (code: string, line: number | undefined, message: string, cure: string): Problem => ({
    code,
    severity: 'warning',
    at: line === undefined ? file : `${file}:${line}`,
    message,
    cure,
  })
  if (lines.length === 0)
    return [
      problem(
        'ticks.none',
        undefined,
        'The text holds no line of a checklist.',
        'Paste it from: skeptic checklist W --format pr',
      ),
    ]
  const missing = [...verdicts.keys()].filter(id => !named.has(id))
  const foreign = lines.filter(line => !verdicts.has(line.id))
  const early = lines.filter(line => line.ticked && verdicts.has(line.id) && verdicts.get(line.id) !== 'pass')
  const first = foreign[0]
  return [
    ...(missing.length > 0
      ? [
          problem(
            'ticks.missing',
            undefined,
            `It lacks ${shownList(missing, 5)}.`,
            'Paste the list again: somebody took them out.',
          ),
        ]
      : []),
    ...(first
      ? [
          problem(
            'ticks.foreign',
            first.line,
            `No checklist that was judged has ${shownList([...new Set(foreign.map(line => line.id))], 5)}.`,
            'The design changed since, or the line is of another work item: paste the list again.',
          ),
        ]
      : []),
    ...early.map(line =>
      problem(
        'ticks.early',
        line.line,
        `${line.id} is ticked, and its verdict is ${verdicts.get(line.id)}.`,
        'A tick is a note; the verdict decides.',
      ),
    ),
  ]
}
