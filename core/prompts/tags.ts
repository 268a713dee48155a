/** Private-use characters that no text of the design still holds when it gets here. */
export const OPEN = '\ue000'
export const MIDDLE = '\ue001'
const CLOSE = '\ue002'

/** A stretch of the finished text and where it is from. */
export type Stretch = { readonly start: number; readonly end: number; readonly from: readonly string[] }

/** A text that remembers where it is from while it goes through a template. */
export function tagged(from: readonly string[], text: string): string {
  return `${OPEN}${from.join(' ')}${MIDDLE}${text}${CLOSE}`
}
