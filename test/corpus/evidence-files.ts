import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readEvidence } from '../../core/evidence/read.ts'
import type { Evidence } from '../../core/evidence/types.ts'
import type { Result } from '../../core/support/result.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')

/** Whether the reports of others lie beside this repository. */
export const hasEvidence = existsSync(corpus)

export type RealFile = { readonly name: string; readonly text: string; readonly reading: Result<Evidence> }

/** Every file of a folder of real reports, and what it says. */
export function realFiles(folder: string): readonly RealFile[] {
  if (!hasEvidence) return []
  const dir = path.join(corpus, folder)
  return readdirSync(dir)
    .sort()
    .map(name => {
      const text = readFileSync(path.join(dir, name), 'utf8')
      return { name, text, reading: readEvidence(name, text) }
    })
}

/** Files that are refused, each with its code and place. */
export function refusedOf(files: readonly RealFile[]): readonly (readonly string[])[] {
  return files.flatMap(({ name, reading }) => {
    if (reading.ok) return []
    const [{ code, at = '' }, ...more] = reading.problems
    return [[name, code, at.replace(name, ''), ...more.map(problem => problem.code)]]
  })
}
