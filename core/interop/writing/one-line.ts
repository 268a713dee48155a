import { wellFormed } from '../../evidence/show.ts'

/** Control characters but tab and line ends: no text format carries them safely. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g

/** Text that every file can hold: control characters written out, as [U+0007], and halves of characters replaced. */
export function storable(text: string): string {
  return wellFormed(text).replace(
    CONTROLS,
    char => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}

/** The same on one line. */
export function oneLine(text: string): string {
  return storable(text.replace(/[\s\u0085]+/g, ' ').trim())
}
