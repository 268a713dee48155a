import { indexOf, isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import type { Level } from './types.ts'

/** What a report says of one rule. */
export type RuleFacts = { readonly id: string; readonly level: Level | undefined; readonly cwe: readonly string[] }

/** The rules of one run: of the tool itself and of its extensions. */
export type RuleBook = {
  readonly rules: readonly RuleFacts[]
  /** The rule of a result: by component and index first, because ids may repeat across extensions; then by id. */
  readonly ruleOf: (result: Loose) => RuleFacts | undefined
  readonly cwesOf: (result: Loose, rule: RuleFacts | undefined) => readonly string[]
}

export function ruleBookOf(run: Loose): RuleBook {
  const tool = objectOf(run.tool)
  const components = [tool.driver, ...listOf(tool.extensions)].map(objectOf)
  const isCwe = cweComponentsOf(run)
  const byPlace = components.map(component => listOf(component.rules).map(rule => factsOf(objectOf(rule), isCwe)))
  const rules = byPlace.flat()
  const byId = new Map<string, RuleFacts>()
  for (const rule of rules) if (!byId.has(rule.id)) byId.set(rule.id, rule)
  return {
    rules,
    cwesOf: (result, rule) => cwesOfResult(result, rule, isCwe),
    ruleOf(result) {
      const reference = objectOf(result.rule)
      const component = indexOf(objectOf(reference.toolComponent).index)
      const index = indexOf(reference.index) ?? indexOf(result.ruleIndex)
      const placed = index === undefined ? undefined : byPlace[component === undefined ? 0 : component + 1]?.[index]
      return placed ?? byName(byId, textOf(result.ruleId) ?? textOf(reference.id))
    },
  }
}

/** A hierarchical id as `CA1000/1` names the rule `CA1000`. */
function byName(byId: ReadonlyMap<string, RuleFacts>, id: string | undefined): RuleFacts | undefined {
  for (let name = id; name !== undefined && name !== ''; name = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '') {
    const rule = byId.get(name)
    if (rule) return rule
  }
  return undefined
}

function factsOf(rule: Loose, isCwe: CweTest): RuleFacts {
  return {
    id: textOf(rule.id) ?? '',
    level: levelOf(objectOf(rule.defaultConfiguration).level),
    cwe: sortedCwes(
      [...taggedCwes(rule), ...listOf(rule.relationships).flatMap(link => referredCwes(objectOf(link).target, isCwe))],
      rule,
    ),
  }
}

export function levelOf(value: unknown): Level | undefined {
  return value === 'error' || value === 'warning' || value === 'note' || value === 'none' ? value : undefined
}

/** CWEs of a result: those it names itself in tags, properties or taxa, and those of its rule. */
function cwesOfResult(result: Loose, rule: RuleFacts | undefined, isCwe: CweTest): readonly string[] {
  const ofRule = rule?.cwe ?? []
  if (result.properties === undefined && result.taxa === undefined) return ofRule
  const own = [...taggedCwes(result), ...listOf(result.taxa).flatMap(taxon => referredCwes(taxon, isCwe))]
  return own.length === 0 ? ofRule : [...new Set([...own, ...ofRule])].sort()
}

/** The prose of a rule is asked only when nothing structured names a CWE. */
function sortedCwes(found: readonly string[], rule: Loose): readonly string[] {
  const cwes = found.length > 0 ? found : proseCwes(rule)
  return [...new Set(cwes)].sort()
}

/** `CWE-89`, `CWE-89: SQL injection`, `external/cwe/cwe-089`. */
const CWE = /\bcwe[-_:/ ]?0*(\d{1,5})\b/gi

function cwesIn(text: string): readonly string[] {
  return [...text.matchAll(CWE)].map(match => `CWE-${match[1]}`)
}

function taggedCwes(owner: Loose): readonly string[] {
  const { tags, cwe, cwes } = objectOf(owner.properties)
  return [tags, cwe, cwes]
    .flatMap(value => (Array.isArray(value) ? value : [value]))
    .flatMap(tag => (typeof tag === 'string' ? cwesIn(tag) : []))
}

function proseCwes(rule: Loose): readonly string[] {
  const texts = [rule.name, objectOf(rule.shortDescription).text, objectOf(rule.fullDescription).text]
  const linked = /cwe\.mitre\.org\/data\/definitions\/(\d{1,5})/.exec(textOf(rule.helpUri) ?? '')
  return [...texts.flatMap(text => cwesIn(textOf(text) ?? '')), ...(linked ? [`CWE-${linked[1]}`] : [])]
}

type CweTest = (component: unknown) => boolean

/** A reference into a taxonomy counts when that taxonomy is the CWE, by name or by its place in the run. */
function cweComponentsOf(run: Loose): CweTest {
  const taxonomies = listOf(run.taxonomies).map(objectOf)
  return component => {
    if (!isObject(component)) return false
    const index = indexOf(component.index)
    const named = textOf(component.name) ?? (index === undefined ? undefined : textOf(taxonomies[index]?.name))
    return named !== undefined && /^cwe\b/i.test(named)
  }
}

function referredCwes(reference: unknown, isCwe: CweTest): readonly string[] {
  const { id, toolComponent } = objectOf(reference)
  const text = typeof id === 'number' ? String(id) : textOf(id)
  if (text === undefined) return []
  if (/^cwe/i.test(text)) return cwesIn(text)
  return isCwe(toolComponent) && /^\d{1,5}$/.test(text) ? [`CWE-${Number(text)}`] : []
}
