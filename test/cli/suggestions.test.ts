import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skepticAs } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const TRANSFER = 'elements/E-TRAP1'
const LEDGER = 'elements/E-1EDG1'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-suggestions-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let copy = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count}`)
  copy = path.join(dir, `copy-${count++}`)
  for (const place of [bank, copy]) cpSync(path.join(root, 'packs/samples/bank-transfer'), place, { recursive: true })
})

function run(by: string, ...args: string[]) {
  return skepticAs(by, [...args, '--at', '2026-11-22T16:00:00Z'], { cwd: bank })
}

function rowIn(place: string, row: string) {
  return JSON.parse(readFileSync(path.join(place, 'threat-model', `${row}.json`), 'utf8'))
}

function edit(place: string, row: string, fields: object): void {
  writeFileSync(path.join(place, 'threat-model', `${row}.json`), JSON.stringify({ ...rowIn(place, row), ...fields }))
}

function suggested(): string {
  edit(copy, TRANSFER, { name: 'Payments' })
  edit(copy, LEDGER, { technology: 'CockroachDB' })
  const { code, err, json } = run(
    'developer',
    'suggest',
    'Better names',
    '--from',
    copy,
    '--why',
    'Nobody says transfer.',
    '--json',
  )
  expect([code, err]).toEqual([0, ''])
  expect(json()).toMatchObject({ rows: 2 })
  return (json().changed as readonly string[])[0] ?? ''
}

describe('skeptic suggest and suggestions', () => {
  test('a copy is suggested, read as a difference, and taken over whole', () => {
    const id = suggested()
    expect(rowIn(bank, TRANSFER).name).toBe('Transfer service')
    expect(run('security lead', 'suggestions').out).toContain(`${id} open: Better names (developer,`)
    const { out } = run('security lead', 'suggestions', id)
    expect(out).toContain('Nobody says transfer.')
    expect(out).toContain('Payments')
    expect(out).not.toContain('Conflict')
    expect(run('security lead', 'suggestions', id, '--accept').out).toContain(`${id}: merged.`)
    expect([rowIn(bank, TRANSFER).name, rowIn(bank, LEDGER).technology]).toEqual(['Payments', 'CockroachDB'])
    expect(run('security lead', 'suggestions').out).toContain('No suggestion is open.')
    expect(run('security lead', 'suggestions', '--all').out).toContain(`${id} merged`)
  })

  test('a conflict waits until somebody says which side stands; rows can be left out', () => {
    const id = suggested()
    edit(bank, TRANSFER, { name: 'Money mover' })
    expect(run('security lead', 'suggestions', id).out).toContain(
      `Conflict at ${TRANSFER}/name: suggested "Payments", now "Money mover".`,
    )
    const refused = run('security lead', 'suggestions', id, '--accept')
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining(`${TRANSFER}/name is another now`)])
    expect(run('security lead', 'suggestions', id, '--accept', '--ours', `${TRANSFER}/name`).code).toBe(0)
    expect([rowIn(bank, TRANSFER).name, rowIn(bank, LEDGER).technology]).toEqual(['Money mover', 'CockroachDB'])
  })

  test('only some rows are taken', () => {
    const id = suggested()
    expect(run('security lead', 'suggestions', id, '--accept', '--only', LEDGER).code).toBe(0)
    expect([rowIn(bank, TRANSFER).name, rowIn(bank, LEDGER).technology]).toEqual(['Transfer service', 'CockroachDB'])
    expect(rowIn(bank, `suggestions/${id}`)).toMatchObject({ status: 'merged', leftOut: [TRANSFER], decidedBy: 'security lead' })
  })

  test('it is declined with a reason, or taken back by whoever made it', () => {
    const id = suggested()
    expect(run('security lead', 'suggestions', id, '--withdraw').err).toContain('developer made this suggestion')
    expect(run('security lead', 'suggestions', id, '--decline', 'Customers say transfer.').code).toBe(0)
    expect(run('developer', 'suggestions', '--all').out).toContain(': Customers say transfer.')
  })

  test.each([
    [['suggest', 'x'], 'suggest needs --from COPY.'],
    [['suggest', 'x', '--from', 'nowhere'], 'There is no such file or folder'],
    [['suggestions', 'S-N0NE0'], 'There is no suggestion S-N0NE0.'],
    [['suggestions', '--accept'], '--accept needs a suggestion.'],
    [['suggestions', 'S-N0NE0', '--accept', '--withdraw'], 'Give one of'],
  ])('%j is refused with one clear error', (args, message) => {
    const { code, err } = run('developer', ...args)
    expect(code).toBe(3)
    expect(err).toContain(message)
  })

  test('nothing changed is nothing to suggest', () => {
    expect(run('developer', 'suggest', 'x', '--from', copy).err).toContain('Nothing is suggested.')
  })
})
