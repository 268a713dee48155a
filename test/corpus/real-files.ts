import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type Imported, importModel } from '../../core/interop/import.ts'
import type { Loss } from '../../core/interop/report.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import type { Problem } from '../../core/support/result.ts'
import { stamp } from '../core/interop/imported.ts'

/** A folder of the models that others made, which stands beside the repository where it is there; each file by its path in it. */
export function modelsOfOthers(folder = '') {
  const root = path.resolve(import.meta.dirname, '../../../shared/corpus/models', folder)
  const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8')
  const importOf = (file: string, name = path.basename(file)): Imported => {
    const result = importModel(name, textOf(file), { stamp })
    if (!result.ok) throw new Error(result.problems[0].message)
    return result.value
  }
  return { root, here: existsSync(root), textOf, importOf }
}

/** Texts that people wrote into a file of JSON or YAML, wherever they stand. */
export function textsIn(file: unknown): readonly string[] {
  const texts: string[] = []
  const waiting: unknown[] = [file]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const value of Object.values((next ?? {}) as object)) {
      if (typeof value === 'string' && value.trim() !== '') texts.push(value)
      else if (typeof value === 'object' && value !== null) waiting.push(value)
    }
  return texts
}

/** Those of them that the folder of a design holds nowhere. */
export function textsLost(file: unknown, design: Design): readonly string[] {
  const kept = [...folderOf(design).values()].join('\n')
  return textsIn(file).filter(text => !kept.includes(JSON.stringify(text.trim()).slice(1, -1)))
}

/** What a JSON pointer leads to. */
export function pointed(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], value)
}

/** Every loss must say what and why, and stand at a place that the file has. */
export function expectTold(losses: readonly Loss[], isPlace: (at: string) => boolean): void {
  for (const { at, what, why } of losses) {
    expect(isPlace(at), at).toBe(true)
    expect(what.length).toBeGreaterThan(5)
    expect(why).toMatch(/\.$/)
  }
}

/** Every question must name something of the design. */
export function expectNamed(problems: readonly Problem[], design: Design): void {
  const ids = new Set(Object.values(design).flatMap(table => Object.keys(table)))
  for (const problem of problems) expect(ids).toContain(problem.at)
}
