import { isObject, objectOf, textOf } from '../evidence/loose.ts'
import { shown } from '../evidence/show.ts'
import { parseJson } from '../model/json.ts'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'
import { isRange, joined, type LineRange } from './ranges.ts'
import type { Saying } from './said.ts'

/** The ref under which git-ai keeps one note for each commit. */
export const NOTES_REF = 'refs/notes/ai'

/** UTF-16 units of the longest note, lines of its first part, and ranges in one of them, that are read. */
export const NOTE_LENGTH = 1024 * 1024
const MOST_LINES = 20_000
const MOST_RANGES = 10_000

/** What a note says; lines it does not name are said by nobody. */
export type Note = { readonly sayings: readonly Saying[]; readonly problems: readonly Problem[] }

/** Reads a git-ai note, `authorship/3.0.0`: attestation lines, `---`, JSON. Read only; source: git_ai_standard_v3.0.0. */
export function readNote(commit: string, text: string): Result<Note> {
  const at = `${NOTES_REF} ${commit.slice(0, 9)}`
  if (text.length > NOTE_LENGTH) return refused(at, `has ${text.length} characters; at most ${NOTE_LENGTH} are read`)
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const divider = lines.indexOf('---')
  if (divider < 0) return refused(at, 'has no line "---" between its two parts')
  if (divider > MOST_LINES) return refused(at, `has ${divider} attestation lines; at most ${MOST_LINES} are read`)
  const parsed = parseJson(at, lines.slice(divider + 1).join('\n'), { length: NOTE_LENGTH, depth: 50 })
  if (!parsed.ok) return parsed
  if (!isObject(parsed.value)) return refused(at, 'has a second part that is no JSON object')
  const version = textOf(parsed.value.schema_version)
  if (version !== 'authorship/3.0.0') return refused(at, `is of version ${shown(version ?? 'unknown')}; authorship/3.0.0 is read`)
  return ok(sayingsOf(lines.slice(0, divider), parsed.value, at))
}

type Metadata = Readonly<Record<string, unknown>>

function sayingsOf(lines: readonly string[], metadata: Metadata, at: string): Note {
  const sayings: Saying[] = []
  const problems: Problem[] = []
  let path: string | undefined
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    if (!line.startsWith(' ')) {
      path = pathIn(line)
      continue
    }
    const entry = path === undefined ? undefined : entryIn(line)
    if (entry && path !== undefined)
      sayings.push({ source: 'note', ...authorOf(entry.key, metadata), at: NOTES_REF, where: { path, ranges: entry.ranges } })
    else if (problems.length === 0) problems.push(unreadable(`${at}:${index + 1}`, line))
  }
  return { sayings, problems }
}

function pathIn(line: string): string {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line
}

const KEY = /^(?:s_[0-9a-f]{14}::t_[0-9a-f]{14}|h_[0-9a-f]{14}|[0-9a-f]{16}|[0-9a-f]{7})$/

function entryIn(line: string): { readonly key: string; readonly ranges: readonly LineRange[] } | undefined {
  const [key = '', spec = '', ...more] = line.trim().split(' ')
  if (more.length > 0 || !KEY.test(key)) return undefined
  const parts = spec.split(',')
  if (parts.length > MOST_RANGES || !parts.every(part => /^\d{1,10}(?:-\d{1,10})?$/.test(part))) return undefined
  const ranges = parts.map(part => {
    const [start = 0, end = start] = part.split('-').map(Number)
    return { start, end }
  })
  return ranges.every(isRange) ? { key, ranges: joined(ranges) } : undefined
}

/** Whom a key stands for. A key that the second part does not explain still says that a tool, or a person, wrote the lines. */
function authorOf(key: string, { sessions, humans, prompts }: Metadata): Pick<Saying, 'origin' | 'who'> {
  const own = (map: unknown, name: string) => (isObject(map) && Object.hasOwn(map, name) ? objectOf(map[name]) : {})
  if (key.startsWith('h_')) return { origin: 'human', who: textOf(own(humans, key).author) ?? key }
  const session = key.split('::')[0] ?? key
  const { tool, model } = objectOf((key.startsWith('s_') ? own(sessions, session) : own(prompts, key)).agent_id)
  const named = [textOf(tool), textOf(model)].filter(word => word !== undefined)
  return { origin: 'ai', who: named.length > 0 ? named.join(':') : session }
}

function unreadable(at: string, line: string): Problem {
  return {
    code: 'provenance.noteLine',
    severity: 'warning',
    at,
    message: `"${shown(line, 60)}" is no attestation line; lines like it are left out.`,
    cure: 'Two spaces, a key and line ranges are asked for, below the path of a file. Have git-ai write the note again.',
  }
}

function refused(at: string, why: string): Result<never> {
  return refuse({
    code: 'provenance.note',
    at,
    message: `The note ${why}.`,
    cure: 'Have git-ai write the note again, or remove it: git notes --ref=ai remove COMMIT.',
  })
}
