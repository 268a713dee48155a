import { describe, expect, it } from 'vitest'
import { undo } from '../../renderer/commands/definitions/app.ts'
import { clearKey, resetKey, setKey, takeKey } from '../../renderer/commands/definitions/keys.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { chordOf, commandFor, isReserved, isSingle, keyNames, keysOf, rivalsOf } from '../../renderer/commands/shortcuts.ts'
import { contextWith } from './support.ts'

const press = (key: string, held: Partial<Record<'mod' | 'shift' | 'alt', boolean>> = {}) =>
  chordOf({ key, mod: false, shift: false, alt: false, ...held })

describe('chords', () => {
  it.each([
    ['a letter', press('k', { mod: true }), 'Mod+K'],
    ['a letter with shift', press('Z', { mod: true, shift: true }), 'Mod+Shift+Z'],
    ['a sign that shift made', press('?', { shift: true }), '?'],
    ['a named key', press('Enter', { shift: true }), 'Shift+Enter'],
    ['an arrow with alt', press('ArrowLeft', { alt: true }), 'Alt+ArrowLeft'],
    ['a digit', press('1'), '1'],
  ])('%s', (_name, chord, expected) => expect(chord).toBe(expected))

  it.each([
    ['G', true],
    ['?', true],
    ['G 3', true],
    ['Mod+K', false],
    ['Alt+C', false],
    ['Delete', false],
  ])('%s is a single letter: %s', (chord, single) => expect(isSingle(chord)).toBe(single))

  it.each([
    ['Mod+Shift+Z', false, ['Ctrl', '⇧', 'Z']],
    ['Mod+K', true, ['⌘', 'K']],
    ['G 3', false, ['G', '3']],
    ['Mod+\\', false, ['Ctrl', '\\']],
    ['Alt+ArrowLeft', false, ['Alt', '←']],
  ])('%s reads as its keys', (chord, apple, names) => expect(keyNames(chord, apple)).toEqual(names))
})

describe('which command a chord runs', () => {
  it.each([
    ['Mod+K', 'canvas', 'app.palette'],
    ['C', 'canvas', 'model.connect'],
    ['C', 'everywhere', undefined],
    ['O', 'findings', 'triage.real'],
    ['O', 'canvas', 'model.outline'],
    ['J', 'review', 'review.next'],
    ['1', 'review', 'review.pass'],
    ['1', 'canvas', 'canvas.fit'],
  ] as const)('%s in %s', (chord, place, id) => expect(commandFor(COMMANDS, chord, place)?.id).toBe(id))
})

describe('keys that a person changes', () => {
  const idOf = (id: string) => {
    const command = COMMANDS.find(one => one.id === id)
    if (!command) throw new Error(`no command ${id}`)
    return command
  }
  const given = (planned: ReturnType<typeof setKey.plan>) =>
    planned.ok ? planned.value.flatMap(effect => (effect.kind === 'session' ? [effect.set.preferences?.keys] : []))[0] : undefined
  const refusal = (planned: ReturnType<typeof setKey.plan>) => (planned.ok ? undefined : planned.problems[0].message)

  it('run the command, and its own keys run it no more', () => {
    const keys = given(setKey.plan(contextWith(), { command: undo, chord: 'Mod+U', among: COMMANDS }))
    expect(keys).toEqual({ 'app.undo': ['Mod+U'] })
    expect(commandFor(COMMANDS, 'Mod+U', 'canvas', keys)?.id).toBe('app.undo')
    expect(commandFor(COMMANDS, 'Mod+Z', 'canvas', keys)).toBeUndefined()
  })

  it('keep the place of the command, so that a letter of the canvas stays one', () => {
    const connect = idOf('model.connect')
    const keys = given(setKey.plan(contextWith(), { command: connect, chord: 'Y', among: COMMANDS })) ?? {}
    expect(keysOf(connect, keys)).toEqual([{ chord: 'Y', place: 'canvas' }])
    expect(commandFor(COMMANDS, 'Y', 'everywhere', keys)).toBeUndefined()
  })

  it('are refused with the name of the command that has them, and may be taken over from it', () => {
    const asked = { command: undo, chord: 'Mod+K', among: COMMANDS }
    expect(refusal(setKey.plan(contextWith(), asked))).toBe('Ctrl K runs “Search or run a command” already.')
    expect(given(takeKey.plan(contextWith(), asked))).toEqual({ 'app.undo': ['Mod+K'], 'app.palette': [] })
  })

  it('may be the same in two places that never meet, and not where one of them is everywhere', () => {
    const rivals = (id: string, chord: string) => rivalsOf(idOf(id), chord, { among: COMMANDS, given: {} }).map(one => one.id)
    expect(rivals('review.next', 'M')).toEqual([])
    expect(rivals('app.undo', 'C')).toContain('model.connect')
    expect(rivals('app.undo', 'G')).toContain('go.scope')
  })

  it.each(['Mod+T', 'Mod+Shift+N', 'Mod+1', 'Alt+D', 'Alt+3', 'F5', 'Tab', 'Escape', 'Shift+Tab', 'Mod+Shift+C'])(
    '%s belongs to the browser',
    chord => {
      expect(isReserved(chord)).toBe(true)
      expect(refusal(setKey.plan(contextWith(), { command: undo, chord, among: COMMANDS }))).toMatch(/belongs to the browser/)
    },
  )

  it.each(['Mod+U', 'Y', 'Alt+C', 'Mod+Shift+L', '1'])('%s is free to give', chord => expect(isReserved(chord)).toBe(false))

  it('can be taken away and put back', () => {
    const none = given(clearKey.plan(contextWith(), undo)) ?? {}
    expect(keysOf(undo, none)).toEqual([])
    const { preferences } = contextWith().session
    const back = resetKey.plan(contextWith(undefined, { preferences: { ...preferences, keys: none } }), undo)
    expect(given(back)).toEqual({})
  })
})
