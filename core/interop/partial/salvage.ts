import { ok, type Problem, type Refusal, type Result } from '../../support/result.ts'
import { type Imported, type ImportOptions, importModel } from '../import.ts'
import { repaired } from './repairs.ts'

/** How often a file is read again without what was refused. */
const TRIES = 20

/**
 * Reads what can be read of a file that was refused: its sound beginning, or all but single values. Each thing left out is a problem
 * import.partial at its place. The refusal again when nothing is left that says anything.
 */
export function salvaged(name: string, text: string, options: ImportOptions, refusal: Refusal): Result<Imported> {
  const left: Problem[] = []
  let rest = text
  let problem = refusal.problems[0]
  for (let tries = 0; tries < TRIES; tries++) {
    const next = repaired(name, rest, problem)
    if (next === undefined || next.text === rest) return refusal
    left.push(leftOut(next.what, problem))
    rest = next.text
    const read = importModel(name, rest, options)
    if (read.ok) return saysSomething(read.value) ? ok(withProblems(read.value, left)) : refusal
    problem = read.problems[0]
  }
  return refusal
}

/** Counts above zero, as a person would be told them. */
export function readableCounts({ summary }: Imported): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(summary.counts).filter(([, count]) => count > 0))
}

function saysSomething({ summary }: Imported): boolean {
  return Object.entries(summary.counts).some(([kind, count]) => kind !== 'diagrams' && count > 0)
}

function withProblems({ design, summary }: Imported, left: readonly Problem[]): Imported {
  return { design, summary: { ...summary, problems: [...left, ...summary.problems] } }
}

function leftOut(what: string, { at, message }: Problem): Problem {
  return {
    code: 'import.partial',
    severity: 'warning',
    ...(at === undefined ? {} : { at }),
    message: `${what}. ${message}`,
    cure: 'Correct the file and import it again: what is missing then comes in, and what was decided stays.',
  }
}
