import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { randomFrom } from '../../core/model/identity.ts'
import type { Design, Element } from '../../core/model/types.ts'
import { createFolder } from '../../host/node/store.ts'

export const AT = '2026-11-22T16:00:00Z'
export const STAMP = { at: AT, by: 'security lead', random: randomFrom('test/host') }

/** A folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'skeptic-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function element(id: string, name: string): Element {
  return { id, name, kind: 'process', provenance: { kind: 'human', at: AT } }
}

export function put(id: string, name: string): Change {
  return { kind: 'put', table: 'elements', row: element(id, name) }
}

/** A named design with two elements. */
export function smallDesign(): Design {
  return applyChanges(EMPTY_DESIGN, [
    ...newDesign('Shop', { ...STAMP, random: randomFrom('small design') }),
    put('E-0000A', 'Browser'),
    put('E-0000B', 'Ledger'),
  ])
}

/** A design folder holding it. */
export async function designFolder(design: Design = smallDesign()): Promise<string> {
  const dir = path.join(await temporaryFolder(), 'threat-model')
  const made = await createFolder(dir, design)
  if (!made.ok) throw new Error(made.problems[0].message)
  return dir
}
