import { requirementTestId } from '../gate/control-rows.ts'
import type { Check, Requirement } from '../model/types.ts'
import { type Ground, ONE_OTHER, type Seed } from './seed.ts'

/** One check for each requirement, decided the way the requirement says. */
export function requirementChecks({ design, slice }: Ground): readonly Seed[] {
  return slice.requirements.flatMap(id => {
    const row = design.requirements[id]
    return row ? [checkFor(row)] : []
  })
}

function checkFor(row: Requirement): Seed {
  return {
    key: 'requirement',
    from: [row.id],
    group: 'requirement',
    severity: severityOf(row),
    statement: row.statement,
    verify:
      row.verification === 'test'
        ? { tests: { from: { slot: 'unit' }, match: [`*${requirementTestId(row.id)}*`], min: 1 } }
        : ONE_OTHER,
    question: QUESTIONS[row.verification ?? 'inspection'],
    builtFrom: [['requirements', row.id]],
  }
}

const QUESTIONS: Readonly<Record<NonNullable<Requirement['verification']>, string>> = {
  test: 'Does a test show this?',
  inspection: 'Reading the changed code, does it do this?',
  analysis: 'Does the analysis that came with the change show this?',
  demonstration: 'Run it and watch: does it do this?',
}

/** What nobody ranked counts as major: it is noticed and does not stop a change alone. */
function severityOf(row: Requirement): Check['severity'] {
  if (row.priority === 'must' || row.kind === 'security' || row.kind === 'privacy') return 'blocker'
  return row.priority === 'could' ? 'minor' : 'major'
}
