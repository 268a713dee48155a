import { ALL_ACTIVE } from '../prompts/active.ts'
import { inert } from '../prompts/slots.ts'

/** Text of the design on one line of Markdown: no mark-up, mention, reference or tag of its own does anything there. */
export function plain(text: string): string {
  return inert(text, ALL_ACTIVE)
    .replace(/[\\`*_[\]<>|~]/g, char => `\\${char}`)
    .replace(/#(?=\w)/g, '\\#')
    .replace(/(?<!\w)@(?=\w)/g, '@ ')
}

/** Text of the design between backticks. */
export function code(text: string): string {
  return `\`${inert(text, ALL_ACTIVE).replace(/`/g, "'")}\``
}
