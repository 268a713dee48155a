import type { ModelFile } from './import-files.ts'
import { includesOf as threagileIncludes } from './threagile/includes.ts'

/** Names of the files that a text includes, as paths from its own folder; none when it is of another format. `isPart`: it is included itself. */
export type IncludesOf = (text: string, isPart?: boolean) => readonly string[]

/** Formats whose models are spread over several files, one row each. */
const INCLUDES: readonly IncludesOf[] = [threagileIncludes]

/** Names of the files that a text includes, whatever its format. */
export const includesIn: IncludesOf = (text, isPart) => [...new Set(INCLUDES.flatMap(includes => includes(text, isPart)))]

/** Files with the files that each of them is spread over, by the names that the file itself gives them. */
export type Spread = {
  readonly models: readonly { readonly file: ModelFile; readonly others: ReadonlyMap<string, string> }[]
  /** Files that are parts of others, with the name of the one that includes them. */
  readonly parts: readonly { readonly file: ModelFile; readonly by: string }[]
}

/** More than anybody spreads a model over. */
const MOST = 1000

/**
 * Sorts files into models and their parts. A part is looked for beside its model, and where names came without folders by the last part
 * of its name; two files that include each other are both models.
 */
export function spreadOf(files: readonly ModelFile[], includes: IncludesOf = includesIn): Spread {
  const by = new Map<ModelFile, ModelFile>()
  const found = files.map(file => ({ file, others: othersOf(file, files, includes) }))
  for (const { file, others } of found) for (const part of others.values()) if (part !== file && !by.has(part)) by.set(part, file)
  const isPart = (file: ModelFile) => {
    const whole = by.get(file)
    return whole !== undefined && by.get(whole) !== file
  }
  return {
    models: found
      .filter(({ file }) => !isPart(file))
      .map(({ file, others }) => ({ file, others: new Map([...others].map(([name, part]) => [name, part.text])) })),
    parts: files.flatMap(file => (isPart(file) ? [{ file, by: by.get(file)?.name ?? '' }] : [])),
  }
}

/** Everything a file is spread over, by the paths from its folder; parts may have parts. */
function othersOf(file: ModelFile, files: readonly ModelFile[], includes: IncludesOf): ReadonlyMap<string, ModelFile> {
  const folder = folderOf(file.name)
  const others = new Map<string, ModelFile>()
  const open = [...includes(file.text)]
  for (let name = open.pop(); name !== undefined && others.size < MOST; name = open.pop()) {
    if (others.has(name)) continue
    const part = fileAt(folder + name, files) ?? fileCalled(name, files)
    if (!part || part === file) continue
    others.set(name, part)
    open.push(...includes(part.text, true).map(inner => folderOf(name ?? '') + inner))
  }
  return others
}

function fileAt(path: string, files: readonly ModelFile[]): ModelFile | undefined {
  return files.find(({ name }) => slashed(name) === path)
}

/** The only file of that name, where it came without its folder. */
function fileCalled(path: string, files: readonly ModelFile[]): ModelFile | undefined {
  const last = path.slice(folderOf(path).length)
  const called = files.filter(({ name }) => name === last)
  return called.length === 1 ? called[0] : undefined
}

function folderOf(path: string): string {
  return slashed(path).slice(0, slashed(path).lastIndexOf('/') + 1)
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}
