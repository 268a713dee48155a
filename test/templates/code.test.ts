import fc from 'fast-check'
import Handlebars from 'handlebars'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../core/prompts/context.ts'
import { renderTemplate, type TemplateValue } from '../../core/prompts/render.ts'
import { ingredientsOf, sealedRendering } from '../../core/prompts/rendering.ts'
import { slotsFor } from '../../core/prompts/slots.ts'
import { untagged } from '../../core/prompts/untagged.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { codeOf } from '../../templates/code.ts'
import * as templates from '../../templates/generated/templates.js'
import { ID, TRANSFERS } from '../core/gate/transfers.ts'
import { AT, sampleOrder, startedWork } from '../core/prompts/golden/cases.ts'
import { PAYMENT } from '../core/prompts/prompts.ts'
import { runs } from '../support/runs.ts'

type Group = { readonly [name: string]: TemplateValue }

const DESIGNS = [
  await sampleOrder(),
  ...startedWork(),
  ...[TRANSFERS, PAYMENT].map(design => ({ design, workItem: ID.work, isDraft: true })),
]
const CONTEXTS = DESIGNS.map(({ design, workItem, isDraft }): Group => {
  const found = ingredientsOf(design, builtinPacks, templates, { workItem, target: 'skill', at: AT, isDraft })
  if (!found.ok) throw new Error(found.problems[0].message)
  return { ...contextOf(sealedRendering(found.value).parts, slotsFor(found.value.target)), digest: 'abc' }
})
const NAMES = Object.keys(templates.templates)

const engine = Handlebars.create()
const options = { strict: true, noEscape: true }
const wanted = new Map(NAMES.map(name => [name, engine.compile(templates.sources[`templates/${name}`] ?? '', options)]))
for (const [name, source] of Object.entries(templates.sources))
  if (name.startsWith('partials/')) engine.registerPartial(name.slice('partials/'.length), engine.compile(source, options))

function byHandlebars(name: string, context: Group): string {
  return untagged(wanted.get(name)?.(context) ?? '').text
}

function ours(name: string, context: Group): string {
  return untagged(renderTemplate(templates, name, context)).text
}

/** The same context with some texts blank, some lists empty and some shorter. */
function thinned(value: TemplateValue, next: () => number): TemplateValue {
  const chance = next() % 4
  if (typeof value === 'string') return chance === 0 ? '' : value
  if (isList(value)) return chance === 0 ? [] : value.slice(chance === 1 ? 1 : 0).map(one => thinned(one, next))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, thinned(inner, next)]))
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value)
}

describe('the functions that templates are compiled to', () => {
  test('know every template', () => {
    expect(NAMES.length).toBeGreaterThan(8)
    expect(Object.keys(templates.sources)).toHaveLength(NAMES.length + Object.keys(templates.partials).length)
  })

  test.each(NAMES)('%s is written as Handlebars writes it', name => {
    for (const context of CONTEXTS) expect(ours(name, context)).toBe(byHandlebars(name, context))
  })

  test('whatever is blank or empty', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.constantFrom(...CONTEXTS),
        fc.infiniteStream(fc.nat()),
        (name, whole, numbers) => {
          const context = thinned(whole, () => numbers.next().value as number) as Group
          expect(ours(name, context)).toBe(byHandlebars(name, context))
        },
      ),
      { numRuns: runs(200, 5_000) },
    )
  })

  test.each(
    NAMES.flatMap(name => {
      const used = Object.keys(CONTEXTS[0] ?? {}).filter(one => reads(name).has(one))
      return used.map(one => [name, one] as const)
    }),
  )('%s stops without %s', (name, missing) => {
    const { [missing]: _left, ...context } = CONTEXTS[0] as Group
    expect(() => ours(name, context)).toThrow(`"${missing}" is not defined`)
  })
})

/** What a template asks the context of the sample for. */
function reads(name: string): ReadonlySet<string> {
  const asked = new Set<string>()
  const watched = new Proxy(CONTEXTS[0] as Group, {
    get: (group, key) => {
      asked.add(String(key))
      return group[String(key)]
    },
  })
  ours(name, watched)
  return asked
}

describe('what our templates do not use', () => {
  test.each([
    ['a helper', 'A\n{{lookup rows 1}}'],
    ['a helper of its own', 'A\n{{#when rows}}B{{/when}}'],
    ['a block of two names', 'A\n{{#if one two}}B{{/if}}'],
    ['a name for the turn', 'A\n{{#each rows as |row|}}B{{/each}}'],
    ['what is around', 'A\n{{#each rows}}{{../title}}{{/each}}'],
    ['a path', 'A\n{{reference.nonce}}'],
    ['a name every object has', 'A\n{{constructor}}'],
    ['another turn than the first', 'A\n{{#each rows}}{{#if @last}}B{{/if}}{{/each}}'],
    ['a turn outside a list', 'A\n{{#if @first}}B{{/if}}'],
    ['a literal', 'A\n{{#if "B"}}B{{/if}}'],
    ['an indented part', 'A\n  {{> stop}}\n'],
    ['a part that is handed something', 'A\n{{> stop rows}}'],
    ['a part with a body', 'A\n{{#> stop}}B{{/stop}}'],
    ['a comment', 'A\n{{! B }}'],
  ])('%s stops the build and says where', (_what, source) => {
    expect(() => codeOf('partials/x', source)).toThrow(/^partials\/x:2: our templates do not use /)
  })
})
