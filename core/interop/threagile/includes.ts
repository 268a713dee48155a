import { parseYaml, topKeysOfYaml } from '../../dependencies/yaml.ts'
import { parseJson } from '../../model/json.ts'
import type { Result } from '../../support/result.ts'
import { listOf, recordOf } from '../reading/json-fields.ts'

/** More files than anybody splits a model into. */
export const MOST_INCLUDES = 1000

/**
 * Names of the files that a Threagile file includes, as paths from its own folder with `/`: those that lead outside of that folder
 * are left out. Nothing when the text is no Threagile model; a file that is itself included needs no version (`isPart`).
 */
export function includesOf(text: string, isPart = false): readonly string[] {
  const isJson = /^\uFEFF?\s*\{/.test(text)
  const keys = isJson ? undefined : topKeysOfYaml(text)
  if (keys && !(keys.has('includes') && (isPart || keys.has('threagile_version')))) return []
  const parsed = parsedText('', text)
  const root = parsed.ok ? recordOf(parsed.value) : undefined
  if (!root || !(isPart || Object.hasOwn(root, 'threagile_version'))) return []
  const names = listOf(root.includes).slice(0, MOST_INCLUDES)
  return [...new Set(names.flatMap(name => pathFrom('', name) ?? []))]
}

/** YAML or JSON, whichever it is. */
export function parsedText(file: string, text: string): Result<unknown> {
  return /^\uFEFF?\s*[[{]/.test(text) ? parseJson(file, text) : parseYaml(file, text)
}

/** Where an include leads from a folder; nothing when it leaves the folder of the model, or is no path at all. */
export function pathFrom(folder: string, name: unknown): string | undefined {
  if (typeof name !== 'string' || name.length > 1000 || /\p{Cc}/u.test(name)) return undefined
  const path = name.trim().replaceAll('\\', '/')
  if (path === '' || path.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return undefined
  const steps = path.split('/').filter(step => step !== '' && step !== '.')
  if (steps.length === 0 || steps.includes('..')) return undefined
  return folder + steps.join('/')
}

/** The folder of a path, with its last slash; nothing for a bare name. */
export function folderOfPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
