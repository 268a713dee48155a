import { digestOf } from '../model/digest.ts'
import type { CommitLine, RangeLine } from './record.ts'
import type { Flag } from './said.ts'
import { isFromAi } from './said.ts'

/** Media type of a record. Source: Agent Trace 0.1.0, appendix B. */
export const TRACE_TYPE = 'application/vnd.agent-trace.record+json'

/**
 * An Agent Trace 0.1.0 record of one commit: what is said of its lines, no more. Where the sources disagree or nobody says
 * anything the origin is `unknown`. Its id follows from its content, so the same commit gives the same record.
 */
export function traceOf(commit: CommitLine, made: { readonly at: string; readonly version: string }): unknown {
  const paths = [...new Set(commit.ranges.map(({ was }) => was.path))]
  const related = commit.prompts.flatMap(({ value, state }) =>
    state === 'malformed' ? [] : [{ type: 'prompt', url: `urn:skeptic:prompt:${value.replace('@', ':')}` }],
  )
  const body = {
    version: '0.1.0',
    timestamp: made.at,
    vcs: { type: 'git', revision: commit.id },
    tool: { name: 'skeptic', version: made.version },
    files: paths.map(path => ({ path, conversations: conversationsOf(commit, path, related) })),
  }
  return { ...body, id: uuidOf(digestOf({ ...body, timestamp: '' })) }
}

function conversationsOf({ ranges, sayings }: CommitLine, path: string, related: readonly object[]): readonly object[] {
  const inFile = ranges.filter(range => range.was.path === path)
  const authors = new Map<string, { readonly contributor: object; readonly lines: RangeLine[] }>()
  for (const range of inFile) {
    const contributor = contributorOf(range, sayings)
    const key = JSON.stringify(contributor)
    const known = authors.get(key) ?? { contributor, lines: [] }
    known.lines.push(range)
    authors.set(key, known)
  }
  return [...authors.values()].map(({ contributor, lines }) => ({
    contributor,
    ranges: lines
      .map(({ was, lines }) => ({ start_line: was.start, end_line: was.start + lines.end - lines.start }))
      .sort((a, b) => a.start_line - b.start_line),
    ...(related.length > 0 ? { related } : {}),
  }))
}

const TYPES: Readonly<Record<Flag, string>> = {
  flagged: 'ai',
  conflicting: 'unknown',
  unflagged: 'unknown',
  'human-attested': 'human',
}

function contributorOf({ flag, said }: RangeLine, sayings: CommitLine['sayings']): object {
  const own = said.flatMap(index => sayings[index] ?? []).filter(isFromAi)
  const type = flag === 'flagged' && own.length > 0 && own.every(({ origin }) => origin === 'mixed') ? 'mixed' : TYPES[flag]
  const models = [...new Set(own.flatMap(({ who }) => modelIn(who) ?? []))]
  return { type, ...(type !== 'human' && models.length === 1 ? { model_id: models[0] } : {}) }
}

/** `Claude:claude-opus-4-5` names a model after the colon; at most 250 characters may stand there. */
function modelIn(who: string): string | undefined {
  const model = /^[^:\s@]+:([^\s]{1,250})/.exec(who)?.[1]
  return model?.startsWith('sha256') ? undefined : model
}

/** A UUID of version 8, whose bits its maker chooses: here those of a digest. */
function uuidOf(digest: string): string {
  const hex = digest.replace('sha256:', '')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
