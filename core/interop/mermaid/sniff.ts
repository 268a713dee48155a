import { OPENING, typeOf } from './blocks.ts'

/** Whether a file is Mermaid text, of whichever type, or Markdown with a fenced block of it. */
export function looksLikeMermaid(head: string, text: string): boolean {
  if (typeOf(head) !== undefined) return true
  if (OTHER_FORMAT.test(head) || (head.startsWith('<') && !MARKDOWN.test(head))) return false
  return OPENING.test(text)
}

/** Models of other formats may hold a drawing in one of their texts. */
const OTHER_FORMAT = /^["']?(otmVersion|threagile_version|threatmodel)\b/m
/** A page of Markdown may begin with a comment or with a little HTML. */
const MARKDOWN = /^<(?:!--|(?:p|div|h[1-6]|img|a|br|details|center|picture|sub|sup|table)\b)/i
