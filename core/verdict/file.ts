import type { FileMatcher } from '../../schemas/generated/types.ts'
import { shown } from '../evidence/show.ts'
import type { FileContent, FileFact, Scene } from './context.ts'
import { allOf, type Judgement, open, proven, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { quoted } from './words.ts'

/** A file of the judged tree, read by ourselves: it needs no binding. */
export function judgeFile(matcher: FileMatcher, { context: { change } }: Scene): Judgement {
  const name = shown(matcher.path)
  const fact = Object.hasOwn(change.fileFacts, matcher.path) ? change.fileFacts[matcher.path] : undefined
  if (!fact) return open('missing', `The file ${name} could not be looked up.`)
  if (matcher.exists === false)
    return fact.after ? refuted(`${name} exists.`, cite(matcher, fact.after)) : proven(`${name} does not exist.`)
  const { after } = fact
  if (!after)
    return matcher.exists === true || matcher.contains !== undefined
      ? refuted(`${name} does not exist.`)
      : open('missing', `${name} does not exist.`)
  const parts = [
    matcher.sha256 === undefined ? undefined : same(matcher.sha256, after, matcher),
    matcher.unchangedSince === undefined ? undefined : untouched(fact, after, matcher),
    matcher.contains === undefined ? undefined : holds(matcher.contains, after, matcher, true),
    matcher.absent === undefined ? undefined : holds(matcher.absent, after, matcher, false),
  ].filter(part => part !== undefined)
  return parts.length > 0 ? allOf(parts) : proven(`${name} exists.`, cite(matcher, after))
}

function cite({ path }: FileMatcher, content: FileContent): { readonly evidence: readonly Citation[] } {
  return { evidence: [{ digest: content.sha256, pointer: path }] }
}

function same(sha256: string, content: FileContent, matcher: FileMatcher): Judgement {
  const name = shown(matcher.path)
  return content.sha256 === sha256
    ? proven(`${name} has the expected content.`, cite(matcher, content))
    : refuted(`${name} has other content than expected.`, cite(matcher, content))
}

function untouched({ before }: FileFact, after: FileContent, matcher: FileMatcher): Judgement {
  const name = shown(matcher.path)
  if (before === 'unknown') return open('missing', `Nobody knows what ${name} was before the change.`)
  return before?.sha256 === after.sha256
    ? proven(`${name} is as it was before the change.`, cite(matcher, after))
    : refuted(`${name} is touched by the change.`, cite(matcher, after))
}

function holds(wanted: string, content: FileContent, matcher: FileMatcher, should: boolean): Judgement {
  const name = shown(matcher.path)
  if (content.text === undefined) return open('limit-hit', `${name} is binary or too large to search.`, cite(matcher, content))
  const found = content.text.includes(wanted)
  const sentence = `${name} ${found ? 'contains' : 'does not contain'} "${shown(wanted)}".`
  return found === should ? proven(sentence, cite(matcher, content)) : refuted(sentence, cite(matcher, content))
}

/** What it asks, in one sentence. */
export function describeFile({ path, exists, sha256, unchangedSince, contains, absent }: FileMatcher): string {
  const asks = [
    exists === true ? 'exists' : undefined,
    exists === false ? 'does not exist' : undefined,
    sha256 === undefined ? undefined : `has the SHA-256 ${sha256.slice(7, 19)}`,
    unchangedSince === undefined ? undefined : 'is not touched by the change',
    contains === undefined ? undefined : `contains ${quoted(contains)}`,
    absent === undefined ? undefined : `does not contain ${quoted(absent)}`,
  ].filter(ask => ask !== undefined)
  return `The file ${shown(path)} ${asks.length > 0 ? asks.join(' and ') : 'exists'}.`
}
