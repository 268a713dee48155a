import { parseYaml } from '../../dependencies/yaml.ts'
import { parseJson } from '../../model/json.ts'
import { firstFault } from '../../model/json-fault.ts'
import type { Problem } from '../../support/result.ts'
import { recordOf } from '../reading/json-fields.ts'
import { closedHcl } from './closed-hcl.ts'
import { closedJson } from './closed-json.ts'
import { closedXml } from './closed-xml.ts'

/** A file with the place that was refused taken out; `what` says it in one sentence. */
export type Repaired = { readonly text: string; readonly what: string }

/** The file without what the problem is about; nothing when it is not for a part of the file that it was refused. */
export function repaired(name: string, text: string, problem: Problem): Repaired | undefined {
  const { code, at = '' } = problem
  if (LIMITS.test(code)) return undefined
  const offset = offsetIn(name, text, at)
  if (code === 'json.syntax') return cut(closedJson(text, firstFault(text).offset))
  if (code.startsWith('yaml.') && offset !== undefined) return cut(closedYaml(name, text, offset))
  if (code.endsWith('.xml') && offset !== undefined) return cut(closedXml(text, offset))
  if (code === 'hcl.syntax' && offset !== undefined)
    return cut(/never closed/.test(problem.message) ? closedHcl(text, text.length) : closedHcl(text, offset))
  return withoutValue(name, text, at)
}

/** What is too large, or made to hurt, is left alone whole. */
const LIMITS = /limit|deep|large|tooMany|aliases|yaml\.key$|json\.key|hcl\.key|control$/

function cut(text: string | undefined): Repaired | undefined {
  return text === undefined ? undefined : { text, what: 'Everything from here on was left out' }
}

/** The offset that a `file:line:column` names. */
function offsetIn(name: string, text: string, at: string): number | undefined {
  const place = /^:(\d+):(\d+)$/.exec(at.startsWith(name) ? at.slice(name.length) : '')
  if (!place) return undefined
  let start = 0
  for (let line = 1; line < Number(place[1]); line++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return text.length
    start = end + 1
  }
  return Math.min(start + Number(place[2]) - 1, text.length)
}

/**
 * All lines before the one with the fault. Where the fault is told at the end, such as a quote that nothing closes, it may stand anywhere
 * before: then the longest beginning that halving finds.
 */
function closedYaml(name: string, text: string, offset: number): string | undefined {
  const lines = text.slice(0, Math.min(offset, text.trimEnd().length)).split('\n').slice(0, -1)
  const upTo = (count: number) => `${lines.slice(0, count).join('\n')}\n`
  let [low, high] = [0, lines.length]
  for (let count = high; low < high; count = (low + high + 1) >> 1) {
    if (parseYaml(name, upTo(count)).ok) low = count
    else high = count - 1
  }
  return low === 0 ? undefined : upTo(low)
}

/** The document without the value at a JSON pointer, or without one of the files of a bundle. */
function withoutValue(name: string, text: string, at: string): Repaired | undefined {
  const place = at.startsWith(`${name}:`) ? at.slice(name.length + 1) : ''
  const file = /^[\w./-]+\.json/.exec(place)?.[0]
  if (!place.startsWith('/') && file === undefined) return undefined
  const parsed = /^\uFEFF?\s*[[{]/.test(text) ? parseJson(name, text) : parseYaml(name, text)
  if (!parsed.ok) return undefined
  const steps = file === undefined ? place.slice(1).split('/').map(unescaped) : ['files', file]
  return removed(parsed.value, steps) ? { text: JSON.stringify(parsed.value), what: 'What stands here was left out' } : undefined
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Takes a value out of a document that nobody else holds; an item of a list becomes nothing, so that the others keep their places. */
function removed(root: unknown, steps: readonly string[]): boolean {
  const last = steps.at(-1) ?? ''
  let inside: unknown = root
  for (const step of steps.slice(0, -1)) inside = Array.isArray(inside) ? inside[Number(step)] : recordOf(inside)?.[step]
  if (Array.isArray(inside) && inside[Number(last)] !== undefined && inside[Number(last)] !== null) inside[Number(last)] = null
  else if (recordOf(inside) && Object.hasOwn(inside as object, last)) delete (inside as Record<string, unknown>)[last]
  else return false
  return true
}
