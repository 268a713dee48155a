import { isUtf8 } from 'node:buffer'
import { digestOf } from '../../../core/model/digest.ts'
import type { Check, Expression } from '../../../core/model/types.ts'
import type { ChangedText, Side } from '../../../core/verdict/changed-lines.ts'
import type { FileContent, FileFact } from '../../../core/verdict/context.ts'
import { type Narrowing, narrowingOf } from '../../../core/verdict/narrowing.ts'
import type { ChangedFile } from '../../contract.ts'
import type { Stand } from '../stand.ts'
import { type CodeTree, type FileChange, SOURCE_LIMIT } from './code-tree.ts'
import { sha256Of } from './disk.ts'

/** What answers of people are bound to: path and content of every changed file, equal whether committed or not. */
export async function changeDigest(
  changes: readonly FileChange[] | undefined,
  tree: CodeTree,
  touched: readonly string[],
): Promise<string | undefined> {
  if (changes) return digestOf(changes)
  if (touched.length === 0) return undefined
  return digestOf([...(await tree.ids(touched))].map(([path, after]) => ({ path, after })))
}

/** Paths that the file matchers of these checks name. */
export function filesAsked(checks: readonly Check[]): readonly string[] {
  const paths = ({ file, attestation, all, any }: Expression): readonly string[] => [
    ...(file ? [file.path] : []),
    ...(attestation?.path === undefined ? [] : [attestation.path]),
    ...[...(all ?? []), ...(any ?? [])].flatMap(paths),
  ]
  return [...new Set(checks.flatMap(check => (check.verify ? paths(check.verify) : [])))].sort()
}

/** Those files as they are and as they were. */
export async function fileFacts(checks: readonly Check[], { tree, before }: Stand): Promise<Readonly<Record<string, FileFact>>> {
  const asked = filesAsked(checks)
  const [now, old] = await Promise.all([tree.read(asked, SOURCE_LIMIT), before?.read(asked, SOURCE_LIMIT)])
  const facts = asked.map(
    path => [path, { after: contentOf(now.get(path)), before: old ? contentOf(old.get(path)) : 'unknown' }] as const,
  )
  return Object.fromEntries(facts)
}

/** Bytes of a changed file that is looked into for what it silences, and of all together. */
const LOOKED_FILE = 4 * 1024 * 1024
const LOOKED_ALL = 256 * 1024 * 1024

/** What the change does to tests and scanners; files over the limits come without text, and say so. */
export async function narrowing(changes: readonly FileChange[], { tree, before }: Stand): Promise<Narrowing> {
  const files: ChangedText[] = []
  let left = LOOKED_ALL
  for (let at = 0; at < changes.length; at += BATCH) {
    const some = changes.slice(at, at + BATCH)
    const paths = (side: 'before' | 'after') => some.filter(change => change[side] !== undefined).map(({ path }) => path)
    const limit = left > 0 ? LOOKED_FILE : 0
    const [old, now] = await Promise.all([before?.read(paths('before'), limit), tree.read(paths('after'), limit)])
    for (const { path, before: was, after: is } of some) {
      const [from, to] = [sideOf(was, old?.get(path)), sideOf(is, now.get(path))]
      left -= (old?.get(path)?.length ?? 0) + (now.get(path)?.length ?? 0)
      files.push({ path, ...(from ? { before: from } : {}), ...(to ? { after: to } : {}) })
    }
  }
  return narrowingOf(files)
}

const BATCH = 200

/** Without bytes the id of git stands for the content, so that a file that only moved is still known. */
function sideOf(id: string | undefined, bytes: Buffer | undefined): Side | undefined {
  if (id === undefined) return undefined
  const text = bytes && isUtf8(bytes) ? textOf(bytes) : undefined
  return { sha256: bytes ? sha256Of(bytes) : id, ...(text === undefined ? {} : { text }) }
}

function contentOf(bytes: Buffer | undefined): FileContent | undefined {
  if (!bytes) return undefined
  const text = textOf(bytes)
  return { sha256: sha256Of(bytes), ...(text === undefined ? {} : { text }) }
}

function textOf(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined || bytes.includes(0) ? undefined : bytes.toString('utf8')
}

/** Bytes of one file and of all, and files, that are shown; what is over comes without text. */
const SHOWN_FILE = 512 * 1024
const SHOWN_ALL = 8 * 1024 * 1024
const SHOWN_FILES = 1000

/** The changed files for a reader, before and after. */
export async function changedFiles(changes: readonly FileChange[], { tree, before }: Stand): Promise<readonly ChangedFile[]> {
  const shown = changes.slice(0, SHOWN_FILES)
  const paths = (side: 'before' | 'after') => shown.filter(change => change[side] !== undefined).map(({ path }) => path)
  const [old, now] = await Promise.all([before?.read(paths('before'), SHOWN_FILE), tree.read(paths('after'), SHOWN_FILE)])
  let left = SHOWN_ALL
  return changes.map((change, at) => {
    const { path } = change
    const [from, to] = [old?.get(path), now.get(path)]
    left -= (from?.length ?? 0) + (to?.length ?? 0)
    const isLarge = (change.before !== undefined && !from) || (change.after !== undefined && !to)
    const isBinary = from?.includes(0) === true || to?.includes(0) === true
    const withheld = at >= SHOWN_FILES || left < 0 ? 'many' : isLarge ? 'large' : isBinary ? 'binary' : undefined
    const kind = kindOf(change)
    if (withheld !== undefined) return { path, kind, withheld }
    const [before, after] = [textOf(from), textOf(to)]
    return { path, kind, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
  })
}

function kindOf({ before, after }: FileChange): ChangedFile['kind'] {
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
}
