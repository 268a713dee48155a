import { describe, expect, test } from 'vitest'
import type { HumanThreat } from '../../bench/corpus-threats.ts'
import { type Cover, coverOf, findingsAbout, withPack } from '../../bench/covering.ts'
import { whyNot } from '../../bench/misses.ts'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import type { Category, Design, Element, Flow } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'

const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z' } as const
const packs = builtinPacks.rules
const [BROWSER, SERVICE, STORE, ALONE, SEND, SAVE] = ['E-00001', 'E-00002', 'E-00003', 'E-00004', 'F-00001', 'F-00002'] as const

/** A person sends to a service, which saves; another service stands alone. Nothing is crossed. */
function design(change: { elements?: Record<string, Partial<Element>>; flows?: Record<string, Partial<Flow>> } = {}): Design {
  const element = (id: string, kind: Element['kind']): Element => ({ id, name: id, kind, provenance, ...change.elements?.[id] })
  const flow = (id: string, source: string, target: string): Flow => ({
    ...{ id, name: id, source, target, provenance },
    ...change.flows?.[id],
  })
  const stamp = { at: provenance.at, by: 'test', random: () => 0 }
  return {
    ...applyChanges(EMPTY_DESIGN, newDesign('test', stamp)),
    elements: {
      [BROWSER]: element(BROWSER, 'externalEntity'),
      [SERVICE]: element(SERVICE, 'process'),
      [STORE]: element(STORE, 'dataStore'),
      [ALONE]: element(ALONE, 'process'),
    },
    flows: { [SEND]: flow(SEND, BROWSER, SERVICE), [SAVE]: flow(SAVE, SERVICE, STORE) },
  }
}

function threat(categories: readonly Category[], objects: readonly string[], otherType?: string): HumanThreat {
  return { id: 'T-00001', statement: 'x', categories, objects, otherType, isGenerated: false }
}

function judged(model: Design, one: HumanThreat): { readonly cover: Cover; readonly why: string } {
  const cover = coverOf(one, findingsAbout(model, packs))
  return { cover, why: cover === 'now' || cover === 'later' ? '' : whyNot(model, packs, { threat: one, cover }) }
}

describe('a threat that people wrote', () => {
  test.each<[string, readonly Category[], readonly string[], Cover]>([
    ['on an element that a finding threatens, by the outside', ['spoofing'], [BROWSER], 'now'],
    ['on a store that a finding threatens, inside', ['tampering'], [STORE], 'later'],
    ['on a flow, whichever end is threatened', ['tampering'], [SAVE], 'later'],
    ['by one of its categories', ['elevationOfPrivilege', 'tampering'], [STORE], 'later'],
    ['on one of its objects', ['tampering'], [ALONE, STORE], 'later'],
    ['of a category that no finding has there', ['elevationOfPrivilege'], [STORE], 'missed'],
    ['without a category', [], [STORE], 'noCategory'],
    ['on nothing', ['tampering'], [], 'noObject'],
  ])('%s', (_, categories, objects, expected) => {
    expect(judged(design(), threat(categories, objects)).cover).toBe(expected)
  })

  test('is not covered by what a finding says of the other end of its flow', () => {
    expect(judged(design(), threat(['spoofing'], [STORE]))).toEqual({
      cover: 'missed',
      why: 'a finding on its flow says it of the other end',
    })
  })

  test('is not covered by a finding that the file answers itself', () => {
    const logging = design({ elements: { [SERVICE]: { attributes: { logsAudit: 'yes' } } } })
    const before = judged(design(), threat(['repudiation'], [BROWSER])).cover
    expect(before).toBe('now')
    expect(judged(logging, threat(['repudiation'], [BROWSER]))).toEqual({
      cover: 'suppressed',
      why: 'the file states the control that answers it',
    })
  })

  test('on an element by itself is covered once the table of elements is used', () => {
    const one = threat(['tampering'], [ALONE])
    expect(judged(design(), one).why).toBe('the element has no flow')
    expect(coverOf(one, findingsAbout(withPack(design(), packs, 'stride-element'), packs))).not.toBe('missed')
  })
})

describe('why it is not covered', () => {
  const out = { outOfScope: 'Not ours.' }
  test.each<[string, Design, HumanThreat]>([
    ['the file states no category', design(), threat([], [STORE])],
    ['category of another taxonomy: Linkability', design(), threat([], [STORE], 'Linkability')],
    ['it is on no element and no flow of the file', design(), threat(['tampering'], [])],
    ['the element is out of scope', design({ elements: { [STORE]: out } }), threat(['tampering'], [STORE])],
    ['the flow is out of scope', design({ flows: { [SAVE]: out } }), threat(['tampering'], [SAVE])],
    ['the element has no flow', design(), threat(['tampering'], [ALONE])],
    ['the element leads only to what is out of scope', design({ elements: { [SERVICE]: out } }), threat(['tampering'], [STORE])],
    ['the flow hangs loose', design({ flows: { [SAVE]: { target: 'E-99999' } } }), threat(['tampering'], [SAVE])],
    ['the element hangs loose', design({ flows: { [SAVE]: { source: 'E-99999' } } }), threat(['tampering'], [STORE])],
    [
      'no end of the flow is a process',
      design({ elements: { [SERVICE]: { kind: 'externalEntity' } } }),
      threat(['tampering'], [STORE]),
    ],
  ])('%s', (expected, model, one) => {
    expect(judged(model, one).why).toBe(expected)
  })

  test('a rule gives it at crossings only', () => {
    expect(judged(design(), threat(['tampering'], [BROWSER])).why).toMatch(/at crossings only$/)
  })
})
