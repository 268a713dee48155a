import { describe, expect, it } from 'vitest'
import { DEEDS } from '../../renderer/commands/deeds.ts'
import { menuRows } from '../../renderer/commands/menu.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { STEPS } from '../../renderer/state/steps.ts'
import { contextWith, designOf } from './support.ts'

const all = [...COMMANDS, ...DEEDS]

describe('the table of commands', () => {
  it('names every command once', () => {
    const ids = all.map(command => command.id)
    expect(ids.length).toBeGreaterThan(80)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives every command words', () => {
    expect(all.filter(command => command.title.trim() === '' || command.category.trim() === '')).toEqual([])
  })

  it('gives no chord to two commands of one place', () => {
    const taken = COMMANDS.flatMap(command => (command.keys ?? []).map(key => `${key.place} ${key.chord}`))
    expect(taken.filter((key, i) => taken.indexOf(key) !== i)).toEqual([])
  })

  it('never lets a key of a place hide one that counts everywhere', () => {
    const everywhere = new Set(
      COMMANDS.flatMap(command => (command.keys ?? []).flatMap(key => (key.place === 'everywhere' ? [key.chord] : []))),
    )
    const hiding = COMMANDS.flatMap(command => command.keys ?? []).filter(
      key => key.place !== 'everywhere' && everywhere.has(key.chord),
    )
    expect(hiding).toEqual([])
  })

  it('leads to each of the nine steps', () => {
    for (const step of STEPS) {
      const command = COMMANDS.find(one => one.id === `go.${step.id}`)
      const planned = command?.plan(contextWith(), undefined)
      expect(planned).toMatchObject({ ok: true, value: [{ kind: 'session', set: { step: step.id } }, { kind: 'focus' }] })
    }
  })

  it.each([
    ['an empty design', designOf()],
    ['a small design', undefined],
  ])('answers "may I?" on %s without throwing, with a reason where not', (_name, design) => {
    const answers = COMMANDS.map(command => command.plan(contextWith(design), undefined))
    expect(answers.some(answer => answer.ok)).toBe(true)
    for (const answer of answers) if (!answer.ok) expect(answer.problems[0].message).toMatch(/\S{2,}.*[.]$/)
  })

  it('puts every command that can stand in a menu into exactly one', () => {
    const rows = menuRows(COMMANDS).flatMap(menu => ('items' in menu ? menu.items : []))
    const shown = rows.flatMap(row => ('command' in row ? [row.command] : []))
    expect(new Set(shown).size).toBe(shown.length)
    expect(COMMANDS.map(command => command.id).filter(id => !shown.includes(id))).toEqual([])
  })
})
