/**
 * What is done about a finding. `block`: it never passes. `secondPerson`: it passes only with a waiver that another person approved.
 * `placeholder`: the prompt shows a name in its place, and where nothing can do that it blocks. `neutralise`: the same, written out
 * so that nothing acts on it. `warn`: a person is told.
 */
export type Action = 'block' | 'secondPerson' | 'placeholder' | 'neutralise' | 'warn'

/** Where in a text something stands, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number }

/** One thing that may not enter a prompt; never the value itself. */
export type Found = Span & {
  /** Id of the rule, as `scan.card`. */
  readonly rule: string
  readonly action: Action
  /** What it is, fit to follow "Holds". */
  readonly what: string
  readonly cure: string
  /** Kind of the placeholder that can stand for it: `EMAIL`, or the name of a secret. */
  readonly label: string
}
