import { lstatSync } from 'node:fs'
import path from 'node:path'
import { ok, type Result } from '../../core/support/result.ts'
import { walkFolder } from '../../host/node/evidence/disk.ts'
import { findDesign } from '../../host/node/store.ts'
import { openDesign } from '../design.ts'
import type { World } from '../frame.ts'
import { allPacks } from '../packs.ts'
import type { Reading } from './visit.ts'

/** Grow with every prompt, and are no part of the design. */
const BESIDE: ReadonlySet<string> = new Set(['.git', '.skeptic', 'ledger', 'node_modules'])
const MOST_FILES = 200_000

/** Reads the design anew whenever one of its files changed, so that a server that runs all day never answers from yesterday. */
export function designReader(world: World): () => Promise<Result<Reading>> {
  let known: { readonly mark: string; readonly reading: Reading } | undefined
  return async () => {
    const place = world.design ?? findDesign(world.cwd)
    const mark = place === undefined ? undefined : await markOf(place)
    if (known !== undefined && known.mark === mark) return ok(known.reading)
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const reading: Reading = { design, packs: await allPacks(opened.value), folder }
    known = mark === undefined ? undefined : { mark, reading }
    return ok(reading)
  }
}

/** Name, inode, size and time of every file; undefined when they cannot be told, and then it is read anew. */
async function markOf(place: string): Promise<string | undefined> {
  try {
    if (lstatSync(place).isFile()) return lineOf(place)
    const { paths, complete } = await walkFolder(place, MOST_FILES, BESIDE)
    return complete ? [place, ...paths.map(file => lineOf(path.join(place, file)))].join('\n') : undefined
  } catch {
    return undefined
  }
}

function lineOf(file: string): string {
  const { ino, size, mtimeMs, ctimeMs } = lstatSync(file)
  return `${file} ${ino} ${size} ${mtimeMs} ${ctimeMs}`
}
