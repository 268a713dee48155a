import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { chordOf, commandFor, isSingle, keyNames } from '../../renderer/commands/shortcuts.ts'

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
