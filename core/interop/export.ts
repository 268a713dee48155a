import type { Design } from '../model/types.ts'
import { type Result, refuse } from '../support/result.ts'
import { FORMATS, namesOf } from './formats.ts'
import type { Loss } from './report.ts'
import { type Occasion, WRITERS } from './writers.ts'

/** A design as another program reads it, and what that program will not see. */
export type Exported = {
  readonly format: string
  /** How the name of the file ends. */
  readonly ending: string
  readonly text: string
  readonly losses: readonly Loss[]
}

/** The design in a format of FORMATS, with what that format cannot hold. */
export function exportModel(design: Design, format: string, occasion: Occasion): Result<Exported> {
  const row = FORMATS.find(({ name, write }) => write && name === format)
  const write = row && Object.hasOwn(WRITERS, format) ? WRITERS[format] : undefined
  if (!row || !write)
    return refuse({
      code: 'export.format',
      message: `No format is written under the name "${format.slice(0, 80)}".`,
      cure: `Use one of ${namesOf('write')}.`,
    })
  const written = write(design, occasion)
  return written.ok ? { ok: true, value: { format, ending: row.ending, ...written.value } } : written
}
