import type { PromptPart } from '../model/types.ts'

/** A prompt on its way to a coding tool. */
export type PromptArtefact = {
  /** P- and the characters of its work item. */
  readonly id: string
  readonly workItem: string
  /** sha256: and the hex digits; the texts show the first twelve of them. */
  readonly digest: string
  readonly slice: string
  /** Name of files and folders: small letters, digits, single hyphens, at most 64. */
  readonly slug: string
  /** Of the work item, as somebody wrote it. */
  readonly title: string
  /** Globs of what may be edited, as somebody wrote them. */
  readonly mayEdit: readonly string[]
  /** Names of the tests that the prompt asks for. */
  readonly tests: readonly string[]
  /** The texts, made harmless for this target, without any head. */
  readonly texts: Readonly<Partial<Record<PromptPart, string>>>
}

/** A prompt as its last line names it. */
export function originOf({ id, digest }: Pick<PromptArtefact, 'id' | 'digest'>): string {
  return `${id}@${digest.replace('sha256:', '').slice(0, 12)}`
}
