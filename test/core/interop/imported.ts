import { expect } from 'vitest'
import { type Imported, type ImportOptions, importModel } from '../../../core/interop/import.ts'
import type { Occasion } from '../../../core/interop/writers.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { accepts, parseFolder } from '../../../core/model/parse.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { Design, Stamp } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import { builtinPacks } from '../../../packs/builtin.ts'

/** A stamp whose chance must not be used: ids of an import come from the file. */
export const stamp: Stamp = {
  at: '2026-11-22T16:00:00Z',
  by: 'Security lead',
  random: () => {
    throw new Error('an import draws no random ids')
  },
}

/** When and with what the tests write. */
export const occasion: Occasion = { at: stamp.at, version: '0.1.0', packs: builtinPacks }

export function read(model: unknown, options: Partial<ImportOptions> = {}, name = 'model.json'): Result<Imported> {
  return importModel(name, typeof model === 'string' ? model : JSON.stringify(model), { stamp, ...options })
}

export function imported(model: unknown): Imported {
  const result = read(model)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** The one problem of a refusal, which must be complete. */
export function refused(model: unknown, options: Partial<ImportOptions> = {}): Problem {
  const result = read(model, options)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem.severity).toBe('error')
  expect(problem.at).toMatch(/^model\.json/)
  expect(problem.message.length).toBeLessThan(400)
  expect(problem.cure).toBeTruthy()
  return problem
}

/** Everything an imported design must be: fitting its schemas, whole, writable and readable again. */
export function expectSound(design: Design): void {
  expectStorable(design)
  expect(integrityProblems(design)).toEqual([])
}

/** What holds for a bundle as well, whose links may lead nowhere. */
export function expectStorable(design: Design): void {
  for (const table of TABLE_NAMES)
    for (const [id, row] of Object.entries(design[table])) {
      if (row.id !== id || !accepts(table, row)) expect.fail(`${table}/${id} breaks its schema: ${JSON.stringify(row)}`)
    }
  const folder = parseFolder(folderOf(design))
  if (!folder.ok) throw new Error(folder.problems[0].message)
  expect(folder.value.problems).toEqual([])
  expect(folder.value.design).toEqual(design)
}

/** The only row of a table with that name or statement. */
export function named<Row extends object>(table: Readonly<Record<string, Row>>, name: string): Row {
  const rows = Object.values(table).filter(row =>
    [(row as { name?: string }).name, (row as { statement?: string }).statement].includes(name),
  )
  expect(rows, name).toHaveLength(1)
  return rows[0] as Row
}
