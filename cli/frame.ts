import type { Result } from '../core/support/result.ts'

/** 0 good; 1 the answer is no; 2 cannot tell; 3 usage or input invalid; 4 integrity broken. */
export type ExitCode = 0 | 1 | 2 | 3 | 4

/** What a command answers: one JSON document for scripts, one text for people, and the exit code. */
export type Outcome = { readonly exit: ExitCode; readonly json: unknown; readonly text: string }

/** An option of a command; `value` names what follows it, none makes it a switch. */
export type Option = { readonly value?: string; readonly short?: string; readonly help: string; readonly many?: true }

export type Command = {
  /** Reads a design and answers at once; only such commands run at the pace of a short run. */
  readonly isShort?: true
  /** Positional arguments as the help shows them: `W`, `[DIR]`, `[W ...]`. */
  readonly takes: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  readonly run: (call: Call) => Promise<Result<Outcome>>
}

/** One call of a command: its arguments and everything it may know of the world. */
export type Call = {
  readonly args: readonly string[]
  readonly options: Options
  readonly world: World
}

export type Options = {
  readonly text: (name: string) => string | undefined
  readonly many: (name: string) => readonly string[]
  readonly on: (name: string) => boolean
}

/** Clock, chance and place come in here and nowhere else. */
export type World = {
  /** The folder we run as if in. */
  readonly cwd: string
  /** What --design named, resolved; a folder or a bundle file. */
  readonly design: string | undefined
  /** UTC; --at or the clock. */
  readonly at: string
  /** Who acts: SKEPTIC_USER or the account's name. */
  readonly by: string
  readonly random: () => number
  readonly version: string
  /** One line to stderr, unless --quiet. */
  readonly say: (line: string) => void
  /** Resolves when the person asks to stop. */
  readonly stopped: () => Promise<void>
}

export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  directory: { value: 'DIR', short: 'C', help: 'Run as if started in DIR.' },
  design: { value: 'DIR', help: 'The design: the folder that holds skeptic.json, or a bundle file.' },
  json: { help: 'One JSON document on stdout and nothing else there.' },
  at: { value: 'TIME', help: 'The clock, as 2026-11-22T16:00:00Z, for reproducible runs.' },
  quiet: { short: 'q', help: 'No progress and no remarks on stderr.' },
  help: { short: 'h', help: 'Show help.' },
  version: { help: 'Show the version.' },
}

/** The shared end of most commands: an outcome, as a Result. */
export function answer(json: unknown, text: string, exit: ExitCode = 0): Result<Outcome> {
  return { ok: true, value: { exit, json, text } }
}
