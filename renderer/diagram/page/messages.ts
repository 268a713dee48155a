/** What the window asks the page to draw; answers carry the same number. */
export type DrawAsked = { readonly draw: number; readonly text: string; readonly dark: boolean }

/** What the page says: that it listens, a picture, or why there is none. */
export type DrawAnswer =
  | { readonly ready: true }
  | { readonly drawn: number; readonly svg: string }
  | { readonly drawn: number; readonly error: string }
