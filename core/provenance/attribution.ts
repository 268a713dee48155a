import { shownDigest } from '../prompts/prompt-digest.ts'
import { ok, type Result } from '../support/result.ts'
import { ASSISTED, type Assistant, assistantText, GUARDED } from './marks.ts'
import { type Trailer, trailerText } from './trailers.ts'

/** The lines to end a commit message with, as data and as text. None of them is a sign-off: that is for a person. */
export type Attribution = { readonly trailers: readonly Trailer[]; readonly text: string }

/** Lines for a commit made with a prompt; without an assistant the first is a form to fill in. */
export function attributionOf(
  prompt: { readonly id: string; readonly digest: string },
  assistant?: Assistant,
): Result<Attribution> {
  const who = assistant === undefined ? ok('TOOL:MODEL') : assistantText(assistant)
  if (!who.ok) return who
  const trailers = [
    { name: ASSISTED, value: who.value },
    { name: GUARDED, value: promptName(prompt) },
  ]
  return ok({ trailers, text: trailerText(trailers) })
}

/** A prompt and its version in one word, as `P-7K3Q2@sha256:ab12cd34ef56`. */
export function promptName({ id, digest }: { readonly id: string; readonly digest: string }): string {
  return `${id}@sha256:${shownDigest(digest)}`
}
