import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skepticAs } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const TRANSFER = 'E-TRAP1'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-comments-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
let minute = 0
beforeEach(() => {
  minute = 0
  bank = path.join(dir, `bank-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})

function run(by: string, ...args: string[]) {
  const at = `2026-11-22T16:${String(minute++).padStart(2, '0')}:00Z`
  return skepticAs(by, [...args, '--at', at], { cwd: bank })
}

function say(...args: string[]): string {
  const { code, err, json } = run('developer', 'comment', ...args, '--json')
  expect(err).toBe('')
  expect(code).toBe(0)
  return (json() as { readonly changed: readonly string[] }).changed[0] ?? ''
}

describe('skeptic comment and comments', () => {
  test('say, answer, resolve and list', () => {
    const id = say(TRANSFER, 'Who holds the key?')
    expect(run('security lead', 'comment', '--reply', id, 'We do.').code).toBe(0)
    const { out } = run('developer', 'comments', '--of', TRANSFER)
    expect(out).toContain(`${id} developer, 2026-11-22T16:00:00Z:\n    Who holds the key?`)
    expect(out).toContain('We do.')
    expect(out).toContain('1 thread, 1 open')
    expect(run('security lead', 'comment', '--resolve', id, 'Answered.').code).toBe(0)
    expect(run('developer', 'comments', '--of', TRANSFER, '--open', '--json').json()).toEqual({ threads: [], open: 0 })
    expect(run('developer', 'comments', '--of', TRANSFER, '--json').json()).toMatchObject({
      threads: [{ isOpen: false, isRemoved: false, comments: [{ resolvedBy: 'security lead' }, {}, { text: 'Answered.' }] }],
    })
    expect(run('developer', 'comment', '--reopen', id).code).toBe(0)
    expect(run('developer', 'comments', '--of', TRANSFER).out).toContain('1 thread, 1 open')
  })

  test('nobody removes the words of another', () => {
    const id = say(TRANSFER, 'Who holds the key?')
    const { code, err } = run('security lead', 'comment', '--remove', id)
    expect([code, err]).toEqual([3, expect.stringContaining('developer wrote this')])
    expect(run('developer', 'comment', '--remove', id).code).toBe(0)
    expect(run('developer', 'comments', '--of', TRANSFER).out).toContain('0 threads, 0 open')
  })

  test('what another program wrote is shown without its controls, and where its object is gone it is said', () => {
    const id = say(TRANSFER, 'x')
    const file = path.join(bank, `threat-model/comments/${id}.json`)
    const row = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...row, text: '\u001b[2J\u202eevil', anchor: { id: 'E-G0NE0' } }))
    const { out } = run('developer', 'comments')
    expect(out).toContain('E-G0NE0 (removed)')
    expect(out).toContain('[U+001B][2J[U+202E]evil')
    for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden)
  })

  test.each([
    [['comment'], 'comment needs an ID and a TEXT.'],
    [['comment', TRANSFER], 'comment needs a TEXT.'],
    [['comment', 'E-N0NE0', 'x'], 'There is no object with this id'],
    [['comment', TRANSFER, ' '], 'Nothing is said.'],
    [['comment', '--reply', 'K-N0NE0', 'x'], 'There is no remark K-N0NE0.'],
    [['comment', '--reply', 'K-N0NE0', '--resolve', 'K-N0NE0'], 'Give one of'],
    [['comment', '--remove', 'K-N0NE0', 'x'], '--remove takes no text.'],
  ])('%j is refused with one clear error', (args, message) => {
    const { code, err } = run('developer', ...args)
    expect(code).toBe(3)
    expect(err).toContain(message)
  })
})
