import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

export type Import = {
  readonly from: string
  readonly specifier: string /** Path inside the repository, for relative imports. */
  readonly to?: string
  readonly typeOnly: boolean
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every source module below the folders, by path from the root; generated code is left out. */
export function modulesBelow(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap(folder => walk(root, folder)).sort()
}

function walk(root: string, place: string): string[] {
  const full = path.join(root, place)
  if (statSync(full).isFile()) return /\.(ts|tsx|mts)$/.test(place) && !place.endsWith('.d.ts') ? [place] : []
  if (/(^|\/)(generated|node_modules|samples)$/.test(place)) return []
  return readdirSync(full).flatMap(name => walk(root, `${place}/${name}`))
}

/** What a module imports, read from its text. */
export function importsOf(root: string, module: string): readonly Import[] {
  const text = readFileSync(path.join(root, module), 'utf8')
  return [...text.matchAll(IMPORT)].map(match => {
    const specifier = (match[2] ?? match[3]) as string
    const typeOnly = match[1] !== undefined
    if (!specifier.startsWith('.')) return { from: module, specifier, typeOnly }
    const to = path.posix.normalize(path.posix.join(path.posix.dirname(module), specifier.replace(/\?.*$/, '')))
    return { from: module, specifier, to, typeOnly }
  })
}
