import { ok, type Result, refuse } from '../support/result.ts'
import { instantOfMs, wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence } from './types.ts'

/** Whether text is the fuzzer_stats of AFL or AFL++, which begins with when it started. */
export function isFuzzerStats(text: string): boolean {
  return /^\s*start_time\s{0,40}:/.test(text.slice(0, 200))
}

type Line = { readonly value: string; readonly at: number }

/** Facts of a fuzzer_stats file: `name : value` lines. Names changed with AFL++ 4; both are read. */
export function readFuzzerStats(file: string, text: string): Result<Evidence> {
  const lines = new Map<string, Line>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, name, value] = /^\s*(\w+)\s*:\s?(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const first = lines.get(name)
    if (first)
      return refuse({
        code: 'evidence.several',
        at: `${file}:${index + 1}:1`,
        message: `"${shown(name, 40)}" stands here and in line ${first.at}: statistics of several fuzzers in one file.`,
        cure: 'Hand in the fuzzer_stats of each fuzzer as a file of its own.',
      })
    lines.set(name, { value: value.trim(), at: index + 1 })
  }
  const [executions, crashes, hangs] = [EXECUTIONS, CRASHES, HANGS].map(names => numberOf(names, lines))
  const seconds = secondsOf(lines)
  const target = lines.get('command_line')?.value
  if (executions === undefined || crashes === undefined || hangs === undefined || seconds === undefined || target === undefined) {
    const names =
      (executions === undefined && EXECUTIONS) ||
      (crashes === undefined && CRASHES) ||
      (hangs === undefined && HANGS) ||
      (seconds === undefined && ['run_time']) ||
      LAST
    return refuse({
      code: 'evidence.shape',
      at: `${file}:${names.map(name => lines.get(name)?.at).find(Boolean) ?? 1}:1`,
      message: `The statistics of the fuzzer give no ${names === LAST ? 'command line, which stands at their end' : `whole number as ${names.join(' or ')}`}.`,
      cure: 'Often a run that was cut off: take fuzzer_stats after the fuzzer has ended.',
    })
  }
  const version = lines.get('afl_version')?.value.replace(/^\++/, '')
  const at = instantOfMs((numberOf(['last_update'], lines) ?? 0) * 1000)
  return ok({
    format: 'afl',
    made: {
      tool: lines.get('afl_version')?.value.startsWith('++') ? 'AFL++' : 'AFL',
      commits: [],
      ...(version ? { version } : {}),
      ...(at === undefined ? {} : { at }),
    },
    facts: {
      fuzz: { executions, seconds, edges: numberOf(['edges_found'], lines), crashes, hangs, target },
    },
  })
}

/** Every version writes it, after all numbers that are read: without it the file was cut off, perhaps within one. */
const LAST = ['command_line']
const EXECUTIONS = ['execs_done']
const CRASHES = ['saved_crashes', 'unique_crashes']
const HANGS = ['saved_hangs', 'unique_hangs']

function numberOf(names: readonly string[], lines: ReadonlyMap<string, Line>): number | undefined {
  const name = names.find(one => lines.has(one))
  return name === undefined ? undefined : wholeOf(lines.get(name)?.value)
}

/** Older versions give only when they started and when they last wrote. */
function secondsOf(lines: ReadonlyMap<string, Line>): number | undefined {
  if (lines.has('run_time')) return numberOf(['run_time'], lines)
  const [start, last] = [numberOf(['start_time'], lines), numberOf(['last_update'], lines)]
  return start === undefined || last === undefined || last < start ? undefined : last - start
}
