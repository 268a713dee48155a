/** What a template may consist of, once it is checked; whatever is not here cannot be said. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly path: Path }
  | {
      readonly kind: 'if' | 'unless' | 'each' | 'with'
      readonly path: Path
      readonly body: readonly Piece[]
      readonly otherwise: readonly Piece[]
    }
  /** Another template at this place; what it writes is moved right by `indent`. */
  | { readonly kind: 'part'; readonly name: string; readonly indent: string; readonly place: Place }

/** The name of a value: so many levels up, then from name to name; `loop` is what a list knows of its turn. */
export type Path = {
  readonly up: number
  readonly loop: 'first' | 'last' | 'index' | undefined
  readonly parts: readonly string[]
  readonly place: Place
  /** As it is written. */
  readonly said: string
}

/** Line and column, both counted from 1, in a file below the design folder. */
export type Place = { readonly file: string; readonly line: number; readonly column: number }

/** A checked template. */
export type Parsed = { readonly file: string; readonly pieces: readonly Piece[] }

/** What is wrong, where, and what to do about it. */
export type Fault = { readonly code: string; readonly place: Place; readonly message: string; readonly cure: string }

/** Everything a run may use up. Far above any prompt, far below what would hurt. */
export const TEMPLATE_LIMITS = {
  /** Characters of one file. */
  source: 64 * 1024,
  /** Files of a team. */
  files: 50,
  /** Pieces of one file. */
  pieces: 5_000,
  /** Blocks inside each other. */
  nesting: 16,
  /** Parts inside each other. */
  parts: 8,
  /** Pieces written in one run. */
  steps: 100_000,
  /** Characters that come out. */
  output: 256 * 1024,
} as const
