import type { Design, Packs } from '../../core/model/types.ts'
import type { Result } from '../../core/support/result.ts'

/** The design as it lies on the disk now. */
export type Reading = {
  readonly design: Design
  readonly packs: Packs
  /** Undefined for a bundle, in which nothing can be noted. */
  readonly folder: string | undefined
}

/** What a coding tool calls itself; nobody vouches for it. */
export type Client = { readonly name: string; readonly version: string }

/** One request of a coding tool, and everything that answering it may know. */
export type Visit = {
  readonly read: () => Promise<Result<Reading>>
  readonly client: Client
  /** At whose machine. */
  readonly by: string
  readonly now: () => string
  /** Tells how far it is, and lets the client stop it: then it throws Stopped. */
  readonly step: (done: number, total: number, message: string) => Promise<void>
  /** Runs what writes, one after the other. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** The client took its request back; nobody waits for an answer. */
export class Stopped extends Error {
  constructor() {
    super('The request was cancelled.')
  }
}
