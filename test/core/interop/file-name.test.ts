import { expect, test } from 'vitest'
import { fileNameFor } from '../../../core/interop/file-name.ts'

test.each([
  ['Shop', '.json', 'Shop.json'],
  ['Bank transfer: draft', '.otm', 'Bank-transfer-draft.otm'],
  ['../../etc/passwd', '.json', 'etc-passwd.json'],
  ['Überweisung', '.mmd', 'Überweisung.mmd'],
  ['con', '.json', 'design-con.json'],
  ['', '.json', 'design.json'],
  ['...', '.json', 'design.json'],
  ['a\u202Eb\u0000c', '.json', 'a-b-c.json'],
  ['x'.repeat(300), '.json', `${'x'.repeat(60)}.json`],
])('a design called %j is saved under a name every system takes', (name, ending, file) => {
  expect(fileNameFor(name, ending)).toBe(file)
})
