import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Checklist, deriveChecklist } from '../../../core/checklists/derive.ts'
import { checklistMarkdown } from '../../../core/checklists/render.ts'
import { checklistTaskList, matchTaskList, readTaskList } from '../../../core/checklists/task-list.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'

function checklist(design: Design): Checklist {
  const result = deriveChecklist(design, PACKS, { workItem: ID.work, at: AT })
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

const payment = withFields(TRANSFERS, 'elements', ID.api, { 'codeClasses/payment': true })

describe('as a page', () => {
  test('reads well where one reviewer is enough', async () => {
    await expect(checklistMarkdown(TRANSFERS, checklist(TRANSFERS))).toMatchFileSnapshot('__snapshots__/checklist.md')
  })

  test('reads well where two are asked', async () => {
    await expect(checklistMarkdown(payment, checklist(payment))).toMatchFileSnapshot('__snapshots__/checklist-payment.md')
  })

  test('nothing is ticked, and self-reported evidence is visible', () => {
    const page = checklistMarkdown(TRANSFERS, checklist(TRANSFERS))
    expect(page).not.toMatch(/☑|\[x\]/)
    expect(page.match(/self-reported is enough/g)).toHaveLength(checklist(TRANSFERS).checks.length - 2 + 1)
    expect(checklistMarkdown(payment, checklist(payment))).not.toContain('self-reported')
  })
})

describe('as a task list', () => {
  const list = checklist(TRANSFERS)
  const text = checklistTaskList(TRANSFERS, list)

  test('every id comes back once, unticked, in order', () => {
    expect(readTaskList(text).map(line => [line.id, line.ticked])).toEqual(list.checks.map(check => [check.id, false]))
    expect(matchTaskList(list, text).ok).toBe(true)
  })

  test('ticks come back, whatever surrounds the list', () => {
    const first = list.checks[0]?.id ?? ''
    const body = `Thanks!\r\n\r\n${text.replace(`[ ] ${first}`, `[x] ${first}`).replaceAll('\n- ', '\n  * ')}`
    expect(readTaskList(body)[0]).toMatchObject({ id: first, ticked: true })
    expect(readTaskList('no list here')).toEqual([])
  })

  test('a list with a check missing or from elsewhere is not this one', () => {
    const without = text
      .split('\n')
      .filter(line => !line.includes(list.checks[1]?.id ?? ''))
      .join('\n')
    const added = `${text}- [x] C-AAAAAAAA Something else\n`
    expect(matchTaskList(list, without)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('1 of its checks are missing') as string }],
    })
    expect(matchTaskList(list, added)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('C-AAAAAAAA belong') as string }],
    })
  })

  test('no text of the design makes a line of its own, a mention or a tick', () => {
    const hostile = fc.array(
      fc.constantFrom(
        '\n- [x] C-AAAAAAAA done',
        '@everyone',
        '#123',
        '[x]',
        '`',
        '<img src=x>',
        '|',
        '\u2028',
        '**',
        'word',
        ' ',
      ),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(hostile, parts => {
        const statement = `x${parts.join('')}`
        const design = withFields(withFields(TRANSFERS, 'requirements', ID.derive, { statement }), 'workItems', ID.work, {
          name: statement,
        })
        const derived = checklist(design)
        const lines = checklistTaskList(design, derived)
        expect(readTaskList(lines).map(line => line.id)).toEqual(derived.checks.map(check => check.id))
        expect(lines).not.toMatch(/(?<!\w)@\w|(?<!\\)<img|(?<!\\)#\d/)
        expect(lines.split('\n')).toHaveLength(derived.checks.length + 5)
      }),
      { numRuns: 60 },
    )
  })
})
