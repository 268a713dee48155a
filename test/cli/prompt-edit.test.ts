import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { promptToEdit } from '../../core/prompts/to-edit.ts'
import { openFolder } from '../../host/node/store.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import * as templates from '../../templates/generated/templates.js'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-edit-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(async () => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
  const opened = await openFolder(path.join(bank, 'threat-model'))
  if (!opened.ok) throw new Error(opened.problems[0].message)
  const { design } = opened.value
  const found = promptToEdit(design, builtinPacks, templates, { workItem: WORK, target: 'markdown', at: AT })
  if (!found.ok) throw new Error(found.problems[0].message)
  const { generated } = found.value
  const goal = design.workItems[WORK]?.goal ?? ''
  const text = generated.replace(goal, 'Book each order once; say which ones were refused.')
  expect(text).not.toBe(generated)
  change({ promptEdits: { markdown: { generated, text, by: 'developer', at: AT } } })
})

function change(fields: object): void {
  const file = path.join(bank, `threat-model/work-items/${WORK}.json`)
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...fields }))
}

function run(...args: string[]) {
  return skeptic([...args, '--at', AT], { cwd: bank })
}

describe('a prompt edited by hand, on the command line', () => {
  test('is what is printed and recorded, and stderr says whose it is', () => {
    const { code, out, err } = run('prompt', WORK)
    expect([code, err]).toEqual([0, `${WORK}: edited by hand by developer, ${AT}: 1 line. As generated: --generated\n`])
    expect(out).toContain('say which ones were refused')
    expect(out).toContain('edited by hand')
    const ledger = path.join(bank, 'threat-model/ledger')
    const [entry] = readdirSync(ledger).filter(name => name.endsWith('.json'))
    const { payload } = JSON.parse(readFileSync(path.join(ledger, entry as string), 'utf8'))
    expect(payload).toMatchObject({
      edited: { by: 'developer', at: AT },
      text: expect.stringMatching(/ say which ones were refused/),
    })
    expect(run('prompt', WORK, '--json').json()).toMatchObject({ edited: { by: 'developer', lines: 1, isMerged: false } })
  })

  test('--generated prints the text as made, and says nothing of an edit', () => {
    const { code, out, err } = run('prompt', WORK, '--generated')
    expect([code, err]).toEqual([0, ''])
    expect(out).not.toMatch(/say which ones were refused|dited by hand/)
  })

  test('stays when the text changes elsewhere, and stderr says so', () => {
    change({ stack: 'Node 24.11.0' })
    const { code, out, err } = run('prompt', WORK)
    expect(code).toBe(0)
    expect(out).toContain('Node 24.11.0')
    expect(out).toContain('say which ones were refused')
    expect(err).toContain('the edit still fits')
  })

  test('refuses where the text changed under it: exit 1, the work item, the reason and the way out', () => {
    change({ goal: 'Accept an order, and book it within a second.' })
    const { code, out } = run('prompt', WORK)
    expect(code).toBe(1)
    expect(out).toContain(WORK)
    expect(out).toContain('changed the prompt where it was edited by hand')
    expect(out).toContain('--generated')
    expect(run('prompt', WORK, '--json').json()).toMatchObject({ refused: 'prompt.editConflict', problems: [{ at: WORK }] })
    expect(run('prompt', WORK, '--generated').out).toContain('book it within a second')
  })
})
