import type { Exported, ExportsFile } from '../../schemas/generated/types.ts'
import { parseJson } from '../model/json.ts'
import { byText } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** The file in the design folder that knows what was written for coding tools. */
export const EXPORTS = 'exports.json'

/** Says where and why a manifest breaks its schema; undefined when it fits. */
export type ExplainExports = (value: unknown) => { readonly at: string; readonly message: string } | undefined

/** Reads the manifest; no text is an empty one. */
export function readExports(text: string | undefined, explain: ExplainExports): Result<ExportsFile> {
  if (text === undefined) return ok({ format: 1, files: {} })
  const parsed = parseJson(EXPORTS, text)
  if (!parsed.ok) return parsed
  const why = explain(parsed.value)
  if (!why) return ok(parsed.value as ExportsFile)
  return refuse({
    code: 'export.manifest',
    at: `${EXPORTS}:${why.at}`,
    message: `${why.message} Without it nobody can say which files were changed by hand, so nothing is written.`,
    cure: 'Correct the file, or restore it from version control.',
  })
}

/** The manifest with these entries in it, the others as they were. */
export function withExported(before: ExportsFile, entries: ReadonlyMap<string, Exported>): ExportsFile {
  const files = new Map([...Object.entries(before.files), ...entries])
  return { ...before, files: Object.fromEntries([...files].sort(([a], [b]) => byText(a, b))) }
}

/** The name of a file in the manifest; a block is named with its prompt, because others may have one in the same file. */
export function exportKey(path: string, of: { readonly managed: 'whole' | 'block'; readonly prompt: string }): string {
  return of.managed === 'block' ? `${path}#${of.prompt}` : path
}
