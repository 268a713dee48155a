import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseBundle } from '../core/model/parse.ts'
import type { Design } from '../core/model/types.ts'
import { ok, type Problem, type Result, refuse } from '../core/support/result.ts'
import type { World } from './frame.ts'
import { paceForLongRun } from './pace.ts'

/** A design as a command sees it; a bundle has no folder to write to. */
export type Opened = { readonly design: Design; readonly folder: string | undefined; readonly problems: readonly Problem[] }

/** Opens what --design names, else the nearest design upward. */
export async function openDesign(world: World): Promise<Result<Opened>> {
  const place = world.design ?? (await import('../host/node/store.ts')).findDesign(world.cwd)
  if (place === undefined)
    return refuse({
      code: 'design.none',
      at: world.cwd,
      message: 'There is no design here or in a folder above.',
      cure: 'Name one with --design, or make one with: skeptic init',
    })
  const stats = statSync(place, { throwIfNoEntry: false })
  if (stats === undefined)
    return refuse({
      code: 'design.missing',
      at: place,
      message: 'There is nothing at this place.',
      cure: 'Name a design folder or a bundle file.',
    })
  if (!stats.isFile() || stats.size > SHORT) paceForLongRun()
  if (stats.isFile()) return openBundle(place)
  const { openFolder } = await import('../host/node/store.ts')
  const opened = await openFolder(place)
  return opened.ok ? ok({ ...opened.value, folder: place }) : opened
}

/** Bytes of a bundle that is read and judged before optimising pays; some hundred elements. */
const SHORT = 150_000

/** Like openDesign, for commands that write: a bundle is refused. */
export async function openWritable(world: World): Promise<Result<Opened & { readonly folder: string }>> {
  const opened = await openDesign(world)
  if (!opened.ok) return opened
  const { folder } = opened.value
  if (folder === undefined)
    return refuse({
      code: 'design.bundle',
      at: world.design ?? '',
      message: 'A bundle is read-only.',
      cure: 'Make a folder of it with: skeptic import FILE --into DIR',
    })
  return ok({ ...opened.value, folder })
}

/** Like openWritable, for commands that change the design itself: a window that holds it open would not see the change. */
export async function openForEditing(world: World): Promise<Result<Opened & { readonly folder: string }>> {
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const { lockFolder } = await import('../host/node/lock.ts')
  const { nodeDisk } = await import('../host/node/disk.ts')
  const lock = await lockFolder(opened.value.folder, nodeDisk)
  if (!lock.ok)
    return lock.problems[0].code !== 'folder.readOnly'
      ? lock
      : refuse({
          code: 'design.open',
          at: opened.value.folder,
          message: 'A window or another program has this design open, and would not see the change.',
          cure: 'Make the change there, or close that one first.',
        })
  await lock.value.release()
  return opened
}

async function openBundle(file: string): Promise<Result<Opened>> {
  const text = readFileSync(file, 'utf8')
  const name = basename(file)
  const read = parseBundle(name, text)
  if (read.ok) return ok({ design: read.value, folder: undefined, problems: [] })
  const { explainRow } = await import('../core/model/explain.ts')
  const explained = parseBundle(name, text, explainRow)
  return explained.ok ? ok({ design: explained.value, folder: undefined, problems: [] }) : explained
}
