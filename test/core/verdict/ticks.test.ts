import { expect, test } from 'vitest'
import { tickProblems } from '../../../core/verdict/ticks.ts'
import { checkOf, itemOf, junit, recordOf, testcase } from './scenes.ts'

const asks = (name: string) => ({ tests: { from: { slot: 'unit' }, match: [`authz::${name}`], min: 1 } })
const record = recordOf(
  [
    checkOf(asks('good'), { id: 'C-00000001' }),
    checkOf(asks('bad'), { id: 'C-00000002' }),
    checkOf(asks('none'), { id: 'C-00000003' }),
  ],
  [itemOf('unit.xml', junit(testcase('good') + testcase('bad', '<failure/>')))],
)
const told = (text: string) => tickProblems([record], 'body.md', text).map(({ code, at }) => `${code} ${at}`)

test('a list with honest ticks needs no word', () =>
  expect(told('Words before.\n- [x] C-00000001 one\n- [ ] C-00000002 two\n* [ ] C-00000003 three\n')).toEqual([]))

test('a tick on what failed or cannot be told is named with its line', () =>
  expect(told('- [x] C-00000001\n- [X] C-00000002\n- [x] C-00000003')).toEqual([
    'ticks.early body.md:2',
    'ticks.early body.md:3',
  ]))

test('a check that was taken out of the list is missed, one from elsewhere is named', () =>
  expect(told('- [x] C-00000001\n\n- [ ] C-0000000A')).toEqual(['ticks.missing body.md', 'ticks.foreign body.md:3']))

test('a text without any list says so', () => expect(told('All done, trust me.')).toEqual(['ticks.none body.md']))
