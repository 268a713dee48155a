import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { program } from '../support/served-workbench.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-cli-hub-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

type Started = { readonly child: ChildProcess; readonly out: string }

/** Starts the hub and waits until it has said what is expected of it at start. */
function start(expected: RegExp): Promise<Started> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, 'hub', '--data', path.join(dir, 'data'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SKEPTIC_USER: 'Olga' },
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (expected.test(out)) done({ child, out })
    })
    child.once('close', code => fail(new Error(`it ended with ${code}`)))
  })
}

function interrupted({ child }: Started): Promise<number | null> {
  return new Promise(done => {
    child.once('close', done)
    child.kill('SIGINT')
  })
}

test('one command starts it, says where it is and lets an owner in; the invitation is said once', async () => {
  const first = await start(/Invitation.*\n/)
  const address = /^Skeptic hub: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(first.out)?.[1] ?? ''
  const token = /^Invitation of an owner, shown this once: (\S+)$/m.exec(first.out)?.[1] ?? ''
  const headers = { authorization: `Bearer ${token}` }
  const list = async (at: string) => (await (await fetch(`${at}/designs`, { headers })).json()) as unknown
  expect(await list(address)).toMatchObject({
    ok: true,
    value: { name: 'Olga', designs: [{ name: 'First design', role: 'owner' }] },
  })
  expect(first.out).toMatch(/^First design: ws:\/\/127\.0\.0\.1:\d+\/sync#[0-9a-f]{32}$/m)
  const second = skeptic(['hub', '--data', path.join(dir, 'data'), '--port', '0'])
  expect(second.code).not.toBe(0)
  expect(await interrupted(first)).toBe(0)
  const again = await start(/Skeptic hub:.*\n/)
  expect(again.out).not.toContain('Invitation')
  const moved = /http:\S+/.exec(again.out)?.[0] ?? ''
  expect(await list(moved)).toMatchObject({ ok: true })
  expect(await interrupted(again)).toBe(0)
})

test('what it cannot do is said, with what would help', () => {
  const open = skeptic(['hub', '--data', path.join(dir, 'other'), '--host', '0.0.0.0', '--port', '0'])
  expect([open.code, open.err]).toEqual([3, expect.stringContaining('before it knows who may come in')])
  expect(skeptic(['hub', 'restore', 'payments', '--data', dir]).code).toBe(3)
  const none = skeptic(['hub', 'restore', 'a'.repeat(32), '--data', path.join(dir, 'data')])
  expect([none.code, none.err]).toEqual([3, expect.stringContaining('No state of this design is kept')])
  expect(skeptic(['hub', '--port', 'x']).err).toContain('no port')
})
