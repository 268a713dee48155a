import { ALL_ACTIVE } from '../targets/active.ts'
import { inert } from '../targets/inert.ts'

/** Nearly every text: one line of words and marks of which no Markdown is made. One pattern to compile instead of six. */
const CALM = /^(?:-|[A-Za-z0-9](?: ?[A-Za-z0-9.,;:()'?%&=/-])*)$/

/** Text of the design on one line of Markdown: no mark-up, mention, reference or tag of its own does anything there. */
export function plain(text: string): string {
  if (CALM.test(text)) return text
  return inert(text, ALL_ACTIVE)
    .replace(/[\\`*_[\]<>|~]/g, char => `\\${char}`)
    .replace(/#(?=\w)/g, '\\#')
    .replace(/(?<!\w)@(?=\w)/g, '@ ')
}

/** Text of the design between backticks. */
export function code(text: string): string {
  return `\`${inert(text, ALL_ACTIVE).replace(/`/g, "'")}\``
}
