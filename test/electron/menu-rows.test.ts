import { describe, expect, test } from 'vitest'
import { menuTemplate } from '../../electron/menu-rows.ts'

const nobody = () => {}
const row = { label: 'Undo', command: 'edit.undo' }

test('rows of the command table become the menu of the system', () => {
  const chosen: string[] = []
  const template = menuTemplate(
    [
      {
        label: 'Edit',
        items: [
          { ...row, accelerator: 'CmdOrCtrl+Z', enabled: false },
          { separator: true },
          { label: 'Copy', role: 'copy' },
          { label: 'Findings', command: 'show.findings', checked: true },
        ],
      },
    ],
    command => chosen.push(command),
  )
  const items = template?.[0]?.submenu as { click?: () => void }[]
  expect(template).toMatchObject([
    {
      label: 'Edit',
      submenu: [
        { label: 'Undo', id: 'edit.undo', enabled: false, accelerator: 'CmdOrCtrl+Z', registerAccelerator: false },
        { type: 'separator' },
        { label: 'Copy', role: 'copy' },
        { label: 'Findings', type: 'checkbox', checked: true, enabled: true },
      ],
    },
  ])
  items[0]?.click?.()
  items[3]?.click?.()
  expect(chosen).toEqual(['edit.undo', 'show.findings'])
})

describe('one row that is not right refuses the whole menu', () => {
  test.each([
    ['not a list', { ...row }],
    ['nothing', undefined],
    ['a text', 'File'],
    ['a row that is a list', [[row]]],
    ['no label', [{ command: 'edit.undo' }]],
    ['an empty label', [{ ...row, label: '' }]],
    ['a label over two lines', [{ ...row, label: 'a\nb' }]],
    ['a label that turns the text around', [{ ...row, label: 'a\u202eb' }]],
    ['a very long label', [{ ...row, label: 'x'.repeat(201) }]],
    ['neither command nor role nor rows', [{ label: 'x' }]],
    ['a command that is a path', [{ ...row, command: '../x' }]],
    ['a command that is a function', [{ ...row, command: nobody }]],
    ['a role that opens the tools', [{ label: 'x', role: 'toggleDevTools' }]],
    ['a role that reloads', [{ label: 'x', role: 'reload' }]],
    ['a role of nobody', [{ label: 'x', role: 'constructor' }]],
    ['an accelerator the system would throw at', [{ ...row, accelerator: 'Ctrl+Nothing' }]],
    ['an accelerator that is no text', [{ ...row, accelerator: 7 }]],
    ['a hundred and one rows', Array(101).fill(row)],
    ['five storeys', [1, 2, 3, 4].reduce<unknown[]>(items => [{ label: 'x', items }], [row])],
    ['a bad row deep inside', [{ label: 'x', items: [row, { label: 'y', items: [{}] }] }]],
  ])('%s', (_what, rows) => expect(menuTemplate(rows, nobody)).toBeUndefined())

  test('four storeys and a hundred rows are fine', () => {
    const rows = [1, 2, 3].reduce<unknown[]>(items => [{ label: 'x', items }], Array(100).fill(row))
    expect(menuTemplate(rows, nobody)).toBeDefined()
  })
})
