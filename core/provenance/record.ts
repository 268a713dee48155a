import type { Problem } from '../support/result.ts'
import type { PromptMark } from './prompt-mark.ts'
import type { LineRange } from './ranges.ts'
import type { Flag, Saying } from './said.ts'

/** Lines of the judged state that came with one commit, and what is said of them. */
export type RangeLine = {
  /** As the judged state has it. */
  readonly path: string
  readonly lines: LineRange
  /** Where the lines stood in the commit itself, which notes and traces count by. */
  readonly was: { readonly path: string; readonly start: number }
  readonly flag: Flag
  /** Places in the commit's list of sayings. */
  readonly said: readonly number[]
  /** Work items whose prompt may have changed this file. */
  readonly prompted: readonly string[]
}

export type CommitLine = {
  readonly id: string
  readonly subject: string
  readonly author: string
  /** What every source says, side by side. */
  readonly sayings: readonly Saying[]
  readonly prompts: readonly PromptMark[]
  /** The worst of its lines; of a commit without lines what is said of it as a whole. */
  readonly flag: Flag
  readonly ranges: readonly RangeLine[]
}

/** Who is said to have made the lines of a change. Nothing here is believed more than anything else. */
export type Provenance = {
  readonly base?: string
  readonly head: string
  /** Newest first. */
  readonly commits: readonly CommitLine[]
  /** Lines by what is said of them. */
  readonly counts: Readonly<Record<Flag, number>>
  readonly problems: readonly Problem[]
}
