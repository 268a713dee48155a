import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { root } from '../support/served-workbench.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-scan-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const SAMPLE = path.join(root, 'packs/samples/bank-transfer/threat-model')
const TOKEN = ['gl', 'pat-', 'a1B2c3D4e5F6g7H8'.repeat(2).slice(0, 20)].join('')
const MAIL = ['jane.roe', 'partner-bank.eu'].join('@')

function skeptic(words: readonly string[], input = '') {
  const env = { ...process.env, SKEPTIC_LOCAL: path.join(dir, 'local') }
  const ran = spawnSync(process.execPath, [path.join(root, 'dist/cli/skeptic.cjs'), 'scan', ...words], {
    ...{ cwd: dir, input, env },
    encoding: 'utf8',
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

describe('skeptic scan', () => {
  test('a file: what blocks and what warns, with line and column, and no value', () => {
    const file = path.join(dir, 'notes.txt')
    writeFileSync(file, `one\nuse ${TOKEN}\nmail ${MAIL}, host db.prod.internal\n`)
    const { code, out } = skeptic([file, '--json'])
    expect(code).toBe(1)
    const { findings } = JSON.parse(out) as { findings: readonly unknown[] }
    const fingerprint = expect.stringMatching(/^hmac-sha256:/)
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'scan.secret.token', at: `${file}:2:5`, blocks: true, fingerprint }),
      expect.objectContaining({ rule: 'scan.email', at: `${file}:3:6`, blocks: true, fingerprint }),
      expect.objectContaining({ rule: 'scan.host', blocks: false, fingerprint }),
    ])
    const shown = skeptic([file])
    expect(shown.out).toContain('3 findings, 2 blocking')
    for (const value of [TOKEN, MAIL, 'db.prod.internal']) expect(out + shown.out + shown.err).not.toContain(value)
  })

  test('standard input, and nothing found', () => {
    expect(skeptic(['-'], 'The service shall log each order.')).toEqual({ code: 0, out: '0 findings, 0 blocking\n', err: '' })
    expect(skeptic(['-'], `password = "${'q7W9e2R4'}t6Y8"`).code).toBe(1)
  })

  test('the sample design holds nothing that blocks', () => {
    const { code, out } = skeptic(['--design', SAMPLE])
    expect(out).toContain('0 blocking')
    expect(code).toBe(0)
  })

  test('a file that is not there, and values that are not kept here', () => {
    const missing = skeptic(['nothing.txt', '--json'])
    expect([missing.code, JSON.parse(missing.out).error.code]).toEqual([3, 'file.missing'])
    const unknown = skeptic(['--restore', 'W-0RD3R', '--design', SAMPLE, '--json'], '⟨EMAIL_1⟩')
    expect([unknown.code, JSON.parse(unknown.out).error.code]).toEqual([3, 'scan.noValues'])
  })
})
