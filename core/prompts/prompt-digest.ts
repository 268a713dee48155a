import { digestOfText } from '../model/digest.ts'

/** How many hex digits of its digest a prompt shows. */
const SHOWN = 12

/** What stands in a prompt while its digest is computed: a text cannot hold its own hash. */
export const NO_DIGEST = '0'.repeat(SHOWN)

/** The digits of a digest as a prompt shows them. */
export function shownDigest(digest: string): string {
  return digest.replace('sha256:', '').slice(0, SHOWN)
}

/** The digest of a prompt: of its text with the shown digits blanked. */
export function promptDigest(text: string, shown: string = NO_DIGEST): string {
  return digestOfText(text.replaceAll(shown, NO_DIGEST))
}

/** Whether a text still is the prompt that was given this digest. */
export function isUnedited(text: string, digest: string): boolean {
  return promptDigest(text, shownDigest(digest)) === digest
}
