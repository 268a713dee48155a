import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { commandItems, matching, memoryOf, objectItems, textItems } from '../../renderer/commands/palette-filter.ts'
import { personItems } from '../../renderer/commands/palette-people.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { smallDesign } from '../support/small-design.ts'
import { designOf } from './support.ts'

const items = [...commandItems(COMMANDS), ...objectItems(smallDesign(), [])]
const found = (typed: string) => matching(items, typed).map(({ item }) => item.id)

describe('the palette', () => {
  it('shows commands before anything is typed, and no object', () => {
    expect(matching(items, '').every(({ item }) => item.kind === 'command')).toBe(true)
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
    expect(matching(items, '>transfer').some(({ item }) => item.kind === 'object')).toBe(false)
    expect(matching(items, '#transfer').map(({ item }) => item.kind)).toEqual(expect.arrayContaining(['object']))
    expect(matching(items, '#transfer').some(({ item }) => item.kind === 'command')).toBe(false)
  })

  it('takes signs of regular expressions as they are', () => {
    expect(found('(')).toEqual([])
    expect(() => found('a.*[')).not.toThrow()
  })

  it('never lists more than a page', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ kind: 'object' as const, id: `E-${i}`, text: `E-${i} thing` }))
    expect(matching(many, 'thing').length).toBe(40)
  })

  it.each(COMMANDS.map(command => [command.id, command.title] as const))('finds %s by its title', (id, title) => {
    expect(found(title)).toContain(id)
    expect(matching(items, `>${title}`)[0]?.item.kind).toBe('command')
  })

  it('forgives a letter left out and takes beginnings of words, and nothing looser than that', () => {
    expect(found('kebord')).toContain('app.keys')
    expect(found('npack')).toEqual([])
    expect(found('xyzzy')).toEqual([])
  })

  it('marks what was typed', () => {
    const [first] = matching(items, '>dark the')
    expect(first?.item.text).toBe('View: Dark theme')
    expect(first?.marks.map(([from, to]) => first.item.text.slice(from, to))).toEqual(['Dark', 'the'])
  })

  it('puts what was chosen last first while nothing is typed, objects too', () => {
    const recent = ['object E-TRAP1', 'command app.redo']
    const [first, second, third] = matching(items, '', recent)
    expect([first?.item.id, second?.item.id]).toEqual(['E-TRAP1', 'app.redo'])
    expect([first?.group, second?.group, third?.group]).toEqual(['recent', 'recent', 'command'])
    expect(matching(items, '', recent).filter(({ item }) => memoryOf(item) === 'command app.redo')).toHaveLength(1)
  })

  it('lists every command while nothing is typed', () => {
    expect(new Set(found(''))).toEqual(new Set(COMMANDS.map(command => command.id)))
  })

  it('finds texts of rows with /, and settings among the commands', () => {
    const design = smallDesign()
    const texts = [{ kind: 'text' as const, id: 'E-TRAP1', text: 'Restarted every night by the operator.' }]
    expect(matching([...items, ...texts], '/night')).toMatchObject([{ item: { id: 'E-TRAP1', kind: 'text' }, marks: [[16, 21]] }])
    expect(textItems(design).every(item => item.kind === 'text')).toBe(true)
    expect(matching(items, '>theme').map(({ group, item }) => [group, item.id])).toContainEqual(['setting', 'app.theme.dark'])
  })

  it('finds people with @: who owns, does, agreed or decided something, and who is here', () => {
    const design = applyChanges(smallDesign(), [
      { kind: 'patch', table: 'elements', id: 'E-1EDG1', fields: { owner: 'payments team' } },
      { kind: 'patch', table: 'flows', id: 'F-B00KG', fields: { by: 'architect' } },
    ])
    const here = [{ client: 2, number: 2, person: 'guest', step: 'model', selection: [] }]
    const people = personItems(design, here)
    expect(people.map(person => person.id)).toEqual([...people.map(person => person.id)].sort())
    const [found] = matching([...items, ...people], '@payments')
    expect(found).toMatchObject({ group: 'person', item: { id: 'payments team', isHere: false } })
    expect(found?.item.kind === 'person' && found.item.owns).toEqual(['E-1EDG1'])
    expect(people.find(person => person.id === 'architect')).toMatchObject({ owns: [], isHere: false })
    expect(people.find(person => person.id === 'guest')).toMatchObject({ owns: [], isHere: true })
    expect(matching([...items, ...people], '@').every(({ group }) => group === 'person')).toBe(true)
    expect(personItems(designOf(), [])).toEqual([])
  })
})
