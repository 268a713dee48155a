/** A feature as a strict reader understands it. */
export type Feature = { readonly name: string; readonly rules: readonly Rule[] }
export type Rule = { readonly name: string; readonly scenarios: readonly Scenario[] }
export type Scenario = { readonly name: string; readonly tags: readonly string[]; readonly steps: readonly Step[] }
export type Step = { readonly keyword: 'Given' | 'When' | 'Then' | 'And'; readonly text: string }

type Open = { name: string; rules: { name: string; scenarios: { name: string; tags: string[]; steps: Step[] }[] }[] }

/**
 * A small part of the Gherkin 6 grammar, read line by line as its reference parser does: one feature, rules in it, tagged scenarios in
 * them, steps in order. Throws where a line is none of these; comments are allowed before the feature only, tables, doc strings,
 * outlines and backgrounds nowhere.
 */
export function parseFeature(text: string): Feature {
  let feature: Open | undefined
  let tags: string[] = []
  let mayDescribe = false
  const fail = (line: number, why: string): never => {
    throw new Error(`line ${line + 1}: ${why}`)
  }
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '') continue
    const rule = feature?.rules.at(-1)
    const scenario = rule?.scenarios.at(-1)
    if (line.startsWith('#')) {
      if (feature || line !== '# language: en') fail(at, 'a comment')
    } else if (line.startsWith('@')) {
      if (!rule || tags.length > 0) fail(at, 'tags out of place')
      tags = line.split(/\s+/)
      for (const tag of tags) if (!/^@[A-Za-z0-9][\w.-]*$/.test(tag)) fail(at, `the tag ${tag}`)
      mayDescribe = false
    } else if (line.startsWith('Feature:')) {
      if (feature) fail(at, 'a second feature')
      feature = { name: line.slice(8).trim(), rules: [] }
      mayDescribe = true
    } else if (line.startsWith('Rule:')) {
      if (!feature || tags.length > 0) return fail(at, 'a rule out of place')
      feature.rules.push({ name: line.slice(5).trim(), scenarios: [] })
      mayDescribe = true
    } else if (line.startsWith('Scenario:')) {
      if (!rule) return fail(at, 'a scenario out of place')
      rule.scenarios.push({ name: line.slice(9).trim(), tags, steps: [] })
      tags = []
      mayDescribe = false
    } else if (/^(?:Given|When|Then|And|But|\*) /.test(line)) {
      const keyword = line.slice(0, line.indexOf(' ')) as Step['keyword']
      if (!scenario || tags.length > 0) return fail(at, 'a step out of place')
      scenario.steps.push({ keyword, text: line.slice(keyword.length + 1) })
    } else if (/^(?:Background|Scenario Outline|Scenario Template|Examples?|Scenarios|Ability|Business Need):/.test(line)) {
      fail(at, 'a keyword that is never written')
    } else if (/^(?:\||"""|```)/.test(line) || !mayDescribe) fail(at, `text out of place: ${line.slice(0, 60)}`)
  }
  if (!feature || tags.length > 0) throw new Error('the file ends too early')
  for (const scenario of feature.rules.flatMap(rule => rule.scenarios)) checkOrder(scenario)
  return feature
}

/** Given, then When, then Then, each once and with any number of And after it. */
function checkOrder({ name, steps }: Scenario): void {
  const order = steps.map(step => step.keyword).filter(keyword => keyword !== 'And')
  if (steps[0]?.keyword !== 'Given' || order.join() !== 'Given,When,Then')
    throw new Error(`${name}: steps in the order ${order.join()}`)
  if (name === '' || steps.some(step => step.text.trim() === '')) throw new Error('a scenario or a step without words')
}
