import { describe, expect, it } from 'vitest'
import { commandItems, matching, objectItems } from '../../renderer/commands/palette-filter.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { smallDesign } from '../support/small-design.ts'

const items = [...commandItems(COMMANDS), ...objectItems(smallDesign(), [])]
const found = (typed: string) => matching(items, typed).map(item => item.id)

describe('the palette', () => {
  it('shows commands before anything is typed, and no object', () => {
    expect(matching(items, '').every(item => item.kind === 'command')).toBe(true)
  })

  it('finds an object by id and by any part of its name', () => {
    expect(found('E-1EDG1')).toEqual(['E-1EDG1'])
    expect(found('transf serv')).toContain('E-TRAP1')
  })

  it('asks for all words, in any order and case', () => {
    expect(found('THEME dark')).toEqual(['app.theme.dark'])
    expect(found('dark nonsense')).toEqual([])
  })

  it('puts what begins with the words before what only holds them', () => {
    const [first] = found('requirement')
    expect(first).toBe('requirement.new')
  })

  it('narrows to commands with > and to objects with #', () => {
    expect(matching(items, '>transfer').some(item => item.kind === 'object')).toBe(false)
    expect(matching(items, '#transfer').map(item => item.kind)).toEqual(expect.arrayContaining(['object']))
    expect(matching(items, '#transfer').some(item => item.kind === 'command')).toBe(false)
  })

  it('takes signs of regular expressions as they are', () => {
    expect(found('(')).toEqual([])
    expect(() => found('a.*[')).not.toThrow()
  })

  it('never lists more than a page', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ kind: 'object' as const, id: `E-${i}`, text: `E-${i} thing` }))
    expect(matching(many, 'thing').length).toBe(40)
  })
})
