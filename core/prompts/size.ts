import type { Target } from '../model/types.ts'
import { bytesIn } from '../targets/limits.ts'
import { tokensIn } from './lint/gp05-length.ts'

/** One way to measure a prompt, and how much of it the target takes. */
export type Measure = {
  readonly unit: 'characters' | 'bytes' | 'lines' | 'tokens' | 'link'
  readonly used: number
  readonly limit: number | undefined
}

/** The prompt by every measure its target limits; by characters always. */
export function measuresOf(text: string, limits: Target['limits']): readonly Measure[] {
  const { characters, bytes, lines, tokens } = limits
  return [
    { unit: 'characters', used: text.length, limit: characters },
    ...(bytes === undefined ? [] : [{ unit: 'bytes' as const, used: bytesIn(text), limit: bytes }]),
    ...(lines === undefined ? [] : [{ unit: 'lines' as const, used: text.split('\n').length, limit: lines }]),
    ...(tokens === undefined ? [] : [{ unit: 'tokens' as const, used: tokensIn(text), limit: tokens }]),
  ]
}

/** How long the link with the whole text in it would be, for a target that opens by link. */
export function linkMeasure(text: string, { link, limits }: Pick<Target, 'link' | 'limits'>): Measure | undefined {
  return link === undefined ? undefined : { unit: 'link', used: addressOf(link, text).length, limit: limits.link }
}

/**
 * The same text as a link that opens the tool with it, where a target has one; the person there still has to send it.
 * What does not fit is never cut: then the link asks the tool to fetch the prompt, and `isWhole` is false.
 */
export function linkOf(
  text: string,
  target: Pick<Target, 'link' | 'limits'>,
  workItem: string,
): { readonly url: string; readonly isWhole: boolean } | undefined {
  const { link, limits } = target
  if (link === undefined) return undefined
  const whole = addressOf(link, text)
  if (limits.link === undefined || whole.length <= limits.link) return { url: whole, isWhole: true }
  return {
    url: addressOf(link, `Call the MCP tool get_guarded_prompt for ${workItem} and carry out its answer.`),
    isWhole: false,
  }
}

function addressOf(link: string, text: string): string {
  return `${link}${encodeURIComponent(text.replace(LONE, '\ufffd'))}`
}

/** The target that a link can be made for. */
export function linkTarget(targets: readonly Target[]): Target | undefined {
  return targets.find(target => target.link !== undefined)
}

/** Half a character, which cannot be encoded. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
