import type { Design } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import type { Engine } from './engine.ts'
import { scanFields } from './fields.ts'
import { inOrder } from './problems.ts'

/** What an import brings along that may not enter a prompt. It is told and taken in: what blocks is judged where a prompt is made. */
export function importedProblems(design: Design, engine: Engine): readonly Problem[] {
  return inOrder(
    scanFields(design, { engine }).map(({ rule, at, field, what, cure }) => ({
      code: rule,
      severity: 'warning' as const,
      at: `${at} ${field}`,
      message: `Holds ${what}.`,
      cure,
    })),
  )
}
