import { parseJson } from '../model/json.ts'
import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { countOf, ghsaIn, refusalsOf, severityOf } from './parts.ts'
import { shown } from './show.ts'
import type { Evidence, Oddity, Vulnerability } from './types.ts'

const misshapen = refusalsOf('yarn-audit', 'Write the report again: yarn npm audit --all --recursive --json')

export function isBerryAudit(text: string): boolean {
  return /^\s*\{"value":\s*"[^"]{1,300}",\s*"children":\s*\{/.test(text.slice(0, 2000))
}

/**
 * Facts of `yarn npm audit --json` of yarn 4: a line for each advisory and nothing else. Without totals nobody sees whether lines
 * are missing, nor how many packages it read. Deprecated packages stand among them and are no weaknesses.
 * Source: github.com/yarnpkg/berry, plugin-npm-cli, npmAuditUtils.
 */
export function readBerryAudit(file: string, text: string): Result<Evidence> {
  const found: Vulnerability[] = []
  const oddities: Oddity[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = String(index + 1)
    const parsed = parseJson(file, line)
    if (!parsed.ok) return misshapen(file, at, 'The line is no JSON: the report is cut off or something else wrote into it.')
    const { value, children } = objectOf(parsed.value)
    if (textOf(value) === undefined || !isObject(children))
      return misshapen(file, at, 'The line names no package with its advisory.')
    if (isDeprecation(children))
      oddities.push({ pointer: `line ${at}`, text: `${shown(String(value))} is deprecated, which is no weakness` })
    else found.push(...weaknessesOf(String(value), children, `line ${at}`))
  }
  return ok({
    format: 'yarn-audit',
    made: { tool: 'yarn', commits: [] },
    facts: { vulnerabilities: { packages: undefined, succeeded: undefined, found, oddities } },
  })
}

function isDeprecation({ ID, URL }: Loose): boolean {
  return URL === undefined && textOf(ID)?.endsWith(' (deprecation)') === true
}

function weaknessesOf(name: string, advisory: Loose, pointer: string): readonly Vulnerability[] {
  const number = countOf(advisory.ID)
  const ids = [ghsaIn(advisory.URL), number === undefined ? textOf(advisory.ID) : `npm-${number}`].flatMap(id => id ?? [])
  const [id = textOf(advisory.Issue) ?? 'no id', ...aliases] = ids
  const about = { pointer, id, aliases, severity: severityOf(advisory.Severity), package: name, setAside: false }
  const versions = listOf(advisory['Tree Versions']).flatMap(version => textOf(version) ?? [])
  return versions.length === 0 ? [about] : versions.map(version => ({ ...about, version }))
}
