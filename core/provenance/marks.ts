import { shown } from '../evidence/show.ts'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'
import { botNamed, nameAndAddress } from './bots.ts'
import type { Saying } from './said.ts'
import type { Trailer } from './trailers.ts'

/** The tool that helped, as `Assisted-by: AGENT:MODEL [TOOL ...]` names it. Source: coding-assistants.rst of the Linux kernel. */
export type Assistant = { readonly agent: string; readonly model?: string; readonly tools: readonly string[] }

export const ASSISTED = 'Assisted-by'
export const GUARDED = 'Guarded-Prompt'

/** Reads the value of an Assisted-by line; people write it freely, so what has no colon is the agent as a whole. */
export function assistantIn(value: string): Assistant {
  const [first = '', ...words] = value.trim().split(/\s+/)
  const colon = first.indexOf(':')
  if (colon < 1 || colon === first.length - 1) return { agent: value.trim(), tools: [] }
  const tools = words.map(word => word.replace(/^\[|\]$/g, '')).filter(word => word !== '')
  return { agent: first.slice(0, colon), model: first.slice(colon + 1), tools }
}

/** The value of an Assisted-by line; refused when it would read back as something else. */
export function assistantText({ agent, model, tools }: Assistant): Result<string> {
  const words = [agent, ...(model === undefined ? [] : [model]), ...tools]
  const wrong = words.find(word => !/^[\x21-\x7e]{1,100}$/.test(word) || /^\[|\]$/.test(word))
  if (wrong === undefined && !agent.includes(':') && (model !== undefined || tools.length === 0))
    return ok([model === undefined ? agent : `${agent}:${model}`, ...tools].join(' '))
  return refuse({
    code: 'provenance.agent',
    message: `"${shown(wrong ?? agent)}" cannot stand in an ${ASSISTED} line.`,
    cure: 'Name the tool and its model as AGENT:MODEL, without spaces, as Claude:claude-opus-4-5.',
  })
}

/** What the trailers and the author of a commit say about who made it. */
export function sayingsIn(commit: {
  readonly author: string
  readonly email: string
  readonly trailers: readonly Trailer[]
}): readonly Saying[] {
  const bot = botNamed(commit.author, commit.email)
  const byAuthor: readonly Saying[] =
    bot === undefined ? [] : [{ source: 'author', origin: 'ai', who: bot, at: `${commit.author} <${commit.email}>` }]
  return [...byAuthor, ...commit.trailers.flatMap(sayingOf)]
}

function sayingOf({ name, value }: Trailer): readonly Saying[] {
  const who = whoIn(name.toLowerCase(), value)
  return who === undefined ? [] : [{ source: 'trailer', origin: 'ai', who, at: name }]
}

function whoIn(name: string, value: string): string | undefined {
  if (name === 'co-authored-by') {
    const { name: called, email } = nameAndAddress(value)
    return botNamed(called, email)
  }
  return MARKS.has(name) && value !== '' ? value : undefined
}

const MARKS: ReadonlySet<string> = new Set([ASSISTED.toLowerCase(), 'generated-by', GUARDED.toLowerCase()])

/** Whether anything in a commit says that AI helped. */
export function isMarked(commit: Parameters<typeof sayingsIn>[0]): boolean {
  return sayingsIn(commit).length > 0
}

/** A tool may not sign off: that line says that a person answers for the change. */
export function signedByTools(commit: { readonly id: string; readonly trailers: readonly Trailer[] }): readonly Problem[] {
  return commit.trailers.flatMap(({ name, value }) => {
    const { name: called, email } = nameAndAddress(value)
    const bot = name.toLowerCase() === 'signed-off-by' ? botNamed(called, email) : undefined
    if (bot === undefined) return []
    return [
      {
        code: 'provenance.toolSignedOff',
        severity: 'warning' as const,
        at: commit.id.slice(0, 9),
        message: `${shown(bot)} signs the commit off; only a person can.`,
        cure: `Have a person sign it off, and name the tool in an ${ASSISTED} line.`,
      },
    ]
  })
}
