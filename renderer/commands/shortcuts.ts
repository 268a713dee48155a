import type { AnyCommand, Place } from './command.ts'

/** What of a key press counts; a plain copy of the event, so that matching stays pure. */
export type Press = {
  readonly key: string
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** The chord a press makes, as "Mod+Shift+Z" or "G"; shift is not named where it made the character. */
export function chordOf(press: Press): string {
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key
  const letter = /^[A-Z]$/.test(key) || key.length > 1
  const shift = press.shift && letter
  return [press.mod ? 'Mod' : '', press.alt ? 'Alt' : '', shift ? 'Shift' : '', key].filter(Boolean).join('+')
}

/** The command a chord runs in a place: the place's own first, then what counts everywhere. */
export function commandFor(commands: readonly AnyCommand[], chord: string, place: Place): AnyCommand | undefined {
  const at = (where: Place) => commands.find(command => command.keys?.some(key => key.chord === chord && key.place === where))
  return at(place) ?? at('everywhere')
}

/** Whether a chord is a bare character: these rest while a text is typed, and can be switched off. */
export function isSingle(chord: string): boolean {
  return (
    !chord.includes('Mod+') && !chord.includes('Alt+') && (chord.replace('Shift+', '').length === 1 || chord.startsWith('G '))
  )
}

const NAMES: Readonly<Record<string, string>> = {
  Shift: '⇧',
  Alt: 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: 'Enter',
  Delete: 'Del',
  Escape: 'Esc',
}

/** The keys of a chord as they are written on the keyboard. */
export function keyNames(chord: string, apple = isApple()): readonly string[] {
  return chord.split(/[+ ](?=.)/).map(key => (key === 'Mod' ? (apple ? '⌘' : 'Ctrl') : (NAMES[key] ?? key)))
}

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
}
