import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZONES } from '../../../core/gate/floors.ts'
import { decide } from '../../../core/gate/policy.ts'
import { isListed, type Use } from '../../../core/gate/policy-match.ts'
import type { Design, Policy, PolicyMatch } from '../../../core/model/types.ts'
import { runs } from '../../support/runs.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from './transfers.ts'

type Rule = NonNullable<Policy['rules']>[string]

const zone = fc.constantFrom(...ZONES)
const dataClass = fc.constantFrom('D0', 'D1', 'D2', 'D3', 'D4')
const when: fc.Arbitrary<PolicyMatch> = fc.record(
  {
    element: fc.subarray([ID.api, ID.ledger, ID.fraud], { minLength: 1 }),
    elementKind: fc.subarray(['process', 'dataStore', 'externalEntity'], { minLength: 1 }),
    tag: fc.subarray(['money', 'audit'], { minLength: 1 }),
    codeClass: fc.subarray(['authz', 'payment', 'keyCustody'], { minLength: 1 }),
    dataClassAtLeast: dataClass,
    dataClassAtMost: dataClass,
    operation: fc.subarray(['generate', 'refactor', 'docs', 'iac'], { minLength: 1 }),
    crossesBoundary: fc.boolean(),
    boundary: fc.subarray([ID.internet, 'B-0THER'], { minLength: 1 }),
    paths: fc.subarray(['src/**', 'src/transfers/*.ts', 'test/**', 'docs/**'], { minLength: 1 }),
    language: fc.subarray(['typescript', 'python'], { minLength: 1 }),
    tool: fc.subarray(['outside', 'inside', 'external', 'local'], { minLength: 1 }),
    model: fc.subarray(['big-*', 'small-1', '*'], { minLength: 1 }),
    actorRole: fc.subarray(['contractor', 'employee'], { minLength: 1 }),
    residualRiskAtLeast: fc.constantFrom('low', 'medium', 'high', 'critical'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<PolicyMatch>

const plain: fc.Arbitrary<Rule> = fc.record({ when, level: zone })
const rule: fc.Arbitrary<Rule> = fc
  .tuple(plain, fc.boolean())
  .map(([one, isInstead]) => (isInstead ? { ...one, insteadOfDefault: true as const } : one))

const use: fc.Arbitrary<Use | undefined> = fc.option(
  fc.record(
    {
      target: fc.constantFrom('markdown', 'skill'),
      tool: fc.constantFrom('outside', 'inside', 'other'),
      model: fc.constantFrom('big-4', 'small-1'),
      by: fc.constantFrom('Jo Doe', 'Somebody'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Use>,
  { nil: undefined },
)

const waiver = fc.record({
  rule: fc.constantFrom('AI-01', 'AI-02', 'floor.payment'),
  scope: fc.constantFrom(ID.api, ID.work, ID.ledger),
  by: fc.constant('architect'),
  approver: fc.constantFrom('security lead', 'architect'),
  reason: fc.constant('A trial.'),
  expires: fc.constantFrom('2026-11-01', '2026-12-31'),
})

const design: fc.Arbitrary<Design> = fc
  .record({
    classes: fc.subarray(['authz', 'payment', 'keyCustody']),
    tags: fc.subarray(['money', 'audit']),
    session: fc.option(dataClass, { nil: undefined }),
    order: fc.option(dataClass, { nil: undefined }),
    language: fc.constantFrom('TypeScript', 'python', undefined),
    operation: fc.constantFrom('generate', 'docs', 'iac'),
    likelihood: fc.constantFrom(1, 5, undefined),
    membership: fc.constantFrom('stated', 'unresolved'),
  })
  .map(facts => {
    const set = (prefix: string, names: readonly string[]) => Object.fromEntries(names.map(name => [`${prefix}/${name}`, true]))
    const element = { ...set('codeClasses', facts.classes), ...set('tags', facts.tags) }
    return [
      ['elements', ID.api, element],
      ['data', ID.session, { class: facts.session }],
      ['data', ID.order, { class: facts.order }],
      ['workItems', ID.work, { language: facts.language, operation: facts.operation }],
      ['threats', ID.tampering, { likelihood: facts.likelihood }],
      ['boundaries', ID.internet, { membership: facts.membership }],
    ].reduce(
      (now, [table, id, fields]) =>
        withFields(now, table as 'elements', id as string, fields as Readonly<Record<string, unknown>>),
      TRANSFERS,
    )
  })

const policy = fc.record({
  default: zone,
  preset: fc.constantFrom('own', 'team', 'strict', 'regulated'),
  rules: fc.array(rule, { maxLength: 4 }),
  waivers: fc.array(waiver, { maxLength: 2 }),
  hasTools: fc.boolean(),
})

type Drawn = typeof policy extends fc.Arbitrary<infer T> ? T : never

function withPolicy(on: Design, drawn: Drawn, more: Readonly<Record<string, unknown>> = {}): Design {
  const tools = {
    'tools/outside': { hosting: 'external', approved: true, models: ['big-*'] },
    'tools/inside': { hosting: 'local', approved: true, targets: ['markdown'] },
  }
  return withFields(on, 'policy', 'policy', {
    preset: drawn.preset,
    default: drawn.default,
    'roles/Jo Doe': 'contractor',
    ...Object.fromEntries(drawn.rules.map((one, at) => [`rules/AI-0${at + 1}`, one])),
    ...Object.fromEntries(drawn.waivers.map((one, at) => [`waivers/V-${at}`, one])),
    ...(drawn.hasTools ? tools : {}),
    ...more,
  })
}

function rankOf(on: Design, by: Use | undefined): number {
  return ZONES.indexOf(decide(on, PACKS, { workItem: ID.work, at: AT, use: by }).level)
}

test('adding a rule never allows more, unless the rule says that it stands instead of the default', () => {
  fc.assert(
    fc.property(design, policy, plain, use, (on, drawn, added, by) => {
      const before = withPolicy(on, drawn)
      expect(rankOf(withPolicy(on, drawn, { 'rules/AI-99': added }), by)).toBeLessThanOrEqual(rankOf(before, by))
    }),
    { numRuns: runs(150, 10_000) },
  )
})

test('a rule that stands instead of the default allows no more than every other rule and floor does', () => {
  fc.assert(
    fc.property(design, policy, plain, use, (on, drawn, added, by) => {
      // Without any default, what is left of the policy is its rules, floors and tools alone.
      const others = { ...drawn, preset: 'own' as const, default: 'sandboxed-agent' as const }
      const more = { 'rules/AI-99': { ...added, insteadOfDefault: true } }
      expect(rankOf(withPolicy(on, drawn, more), by)).toBeLessThanOrEqual(rankOf(withPolicy(on, others), by))
    }),
    { numRuns: runs(150, 10_000) },
  )
})

test('a waiver that counts nowhere changes nothing', () => {
  fc.assert(
    fc.property(design, policy, use, (on, drawn, by) => {
      const without = withPolicy(on, { ...drawn, waivers: [] })
      const void_ = drawn.waivers.filter(one => one.approver === one.by || one.expires < '2026-11-22')
      expect(decide(withPolicy(on, { ...drawn, waivers: void_ }), PACKS, { workItem: ID.work, at: AT, use: by })).toEqual(
        decide(without, PACKS, { workItem: ID.work, at: AT, use: by }),
      )
    }),
    { numRuns: runs(60, 10_000) },
  )
})

test('to know less never allows more: a datum without a class is as bad as any class', () => {
  fc.assert(
    fc.property(design, policy, use, dataClass, (on, drawn, by, known) => {
      const set = (value: string | undefined) => withPolicy(withFields(on, 'data', ID.session, { class: value }), drawn)
      expect(rankOf(set(undefined), by)).toBeLessThanOrEqual(rankOf(set(known), by))
    }),
    { numRuns: runs(150, 10_000) },
  )
})

test('a star stands for any run of characters and nothing else is special', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '('), maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '('), maxLength: 8 }),
      (parts, name) => {
        const escaped = parts.map(one => one.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&'))
        expect(isListed([parts.join('*')], name)).toBe(new RegExp(`^${escaped.join('.*')}$`).test(name))
      },
    ),
    { numRuns: runs(300, 10_000) },
  )
})
