/** One thing that may not enter a prompt; never the value itself. */
export type Found = {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly start: number
  readonly end: number
  /** What it is, fit to follow "Holds". */
  readonly what: string
  readonly cure: string
}
