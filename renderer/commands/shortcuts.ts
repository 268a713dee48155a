import { spoken } from '../words/translate.ts'
import type { AnyCommand, Place, Shortcut } from './command.ts'

/** Chords a person gave to commands, by command; they stand for the command's own. */
export type GivenKeys = Readonly<Record<string, readonly string[]>>

/** Where keys count, in words. */
export const PLACE_NAMES: Readonly<Record<Place, string>> = spoken({
  everywhere: 'Everywhere',
  canvas: 'Canvas and outline',
  sheet: 'Inspector as a sheet',
  findings: 'Findings',
  row: 'A finding that has the focus',
  why: 'Reasons',
  prompt: 'Prompt',
  review: 'Review',
})

/** The keys that run a command: those a person gave it, else its own. */
export function keysOf(command: Pick<AnyCommand, 'id' | 'keys'>, given: GivenKeys = {}): readonly Shortcut[] {
  const chords = given[command.id]
  return chords ? chords.map(chord => ({ chord, place: placeOf(command, chord) })) : (command.keys ?? [])
}

/** The place where a command's keys count; one without keys of its own counts everywhere. */
export function placeOf(command: Pick<AnyCommand, 'keys'>, chord?: string): Place {
  const own = command.keys ?? []
  return (own.find(key => key.chord === chord) ?? own[0])?.place ?? 'everywhere'
}

/** The other commands that this chord would run where the command's keys count. */
export function rivalsOf<Some extends AnyCommand>(
  command: AnyCommand,
  chord: string,
  { among, given }: { readonly among: readonly Some[]; readonly given: GivenKeys },
): readonly Some[] {
  const here = placeOf(command, chord)
  const meets = (place: Place) => place === here || place === 'everywhere' || here === 'everywhere'
  const begins = (other: string) => other === chord || (chord === 'G' && other.startsWith('G '))
  return among.filter(other => other.id !== command.id && keysOf(other, given).some(key => begins(key.chord) && meets(key.place)))
}

/** Keys that browsers, systems or moving about by keyboard need, so that nobody can give them away. */
export function isReserved(chord: string): boolean {
  return RESERVED.test(chord)
}

const RESERVED =
  /^((Mod\+)?(Alt\+)?(Shift\+)?(Tab|Escape|Enter| |Arrow(Up|Down|Left|Right)|F[1-9]|F1[0-2])|Mod\+[NTWQLRP]|Mod\+Shift\+[NTWQRP]|Mod\+Shift\+[CIJ]|Mod\+[0-9=+-]|Alt\+([DEF]|[1-8])|Alt\+F4)$/

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
export function commandFor(
  commands: readonly AnyCommand[],
  chord: string,
  place: Place,
  given: GivenKeys = {},
): AnyCommand | undefined {
  const at = (where: Place) =>
    commands.find(command => keysOf(command, given).some(key => key.chord === chord && key.place === where))
  return at(place) ?? at('everywhere')
}

/** Whether a chord is a bare character: these rest while a text is typed, and can be switched off. */
export function isSingle(chord: string): boolean {
  return (
    !chord.includes('Mod+') && !chord.includes('Alt+') && (chord.replace('Shift+', '').length === 1 || chord.startsWith('G '))
  )
}

const NAMES: Readonly<Record<string, string>> = spoken({
  Shift: '⇧',
  Alt: 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: 'Enter',
  Delete: 'Del',
  Escape: 'Esc',
  Ctrl: 'Ctrl',
  Backspace: 'Backspace',
})

/** The keys of a chord as they are written on the keyboard. */
export function keyNames(chord: string, apple = isApple()): readonly string[] {
  return chord.split(/[+ ](?=.)/).map(key => (key === 'Mod' ? (apple ? '⌘' : (NAMES.Ctrl ?? 'Ctrl')) : (NAMES[key] ?? key)))
}

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
}
