import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { init } from '../../cli/commands/init.ts'
import type { World } from '../../cli/frame.ts'
import { randomFrom } from '../../core/model/identity.ts'
import { sizeOf } from '../../core/model/table.ts'
import { openFolder } from '../../host/node/store.ts'
import { STARTS } from '../../packs/starts/all.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-init-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function run(into: string, given: Readonly<Record<string, string>>) {
  const world: World = {
    cwd: dir,
    design: undefined,
    at: '2026-11-22T16:00:00Z',
    by: 'architect',
    random: randomFrom(into),
    version: '0',
    say: () => undefined,
    stopped: () => Promise.resolve(),
  }
  const options = { text: (name: string) => given[name], many: () => [], on: () => false }
  return init.run({ args: [into], options, world })
}

describe('skeptic init --start', () => {
  it('lists the starting designs and writes nothing', async () => {
    const listed = await run('listed', { start: 'list' })
    expect(listed).toMatchObject({ ok: true, value: { exit: 0 } })
    if (listed.ok) for (const { id } of STARTS) expect(listed.value.text).toContain(id)
    expect((await openFolder(path.join(dir, 'listed'))).ok).toBe(false)
  })

  it('begins a design that reads', async () => {
    expect((await run('made', { start: 'web-app', name: 'Shop' })).ok).toBe(true)
    const read = await openFolder(path.join(dir, 'made'))
    expect(read.ok && sizeOf(read.value.design.elements)).toBe(STARTS[0]?.elements.length)
    expect(read.ok && read.value.design.settings.design?.name).toBe('Shop')
  })

  it('names those there are when asked for another, and refuses two beginnings', async () => {
    expect(await run('other', { start: 'mainframe' })).toMatchObject({ ok: false, problems: [{ code: 'init.start' }] })
    expect(await run('both', { start: 'web-app', template: 'bank-transfer' })).toMatchObject({ ok: false })
  })
})
