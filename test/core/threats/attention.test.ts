import { describe, expect, test } from 'vitest'
import type { Boundary, DataAsset, Element, Flow } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { drawn, packOf, packs, ruleWith } from './designs.ts'

type Case = {
  readonly source?: Partial<Element>
  readonly target?: Partial<Element>
  readonly flow?: Partial<Flow>
  readonly data?: Partial<DataAsset>
  readonly boundary?: Partial<Boundary>
}

function attentionOf({ source, target, flow, data, boundary }: Case) {
  const design = drawn({
    elements: [
      { id: 'E-00001', ...source },
      { id: 'E-00002', ...target },
    ],
    flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002', ...flow }],
    data: data ? [{ id: 'D-00001', ...data }] : [],
    boundaries: boundary ? [{ id: 'B-00001', ...boundary }] : [],
  })
  const { findings } = deriveFindings(design, packs)
  expect(findings.length).toBeGreaterThan(0)
  expect(new Set(findings.map(f => f.attentionReasons.join(' '))).size).toBe(1)
  return [findings[0]?.attention, ...(findings[0]?.attentionReasons ?? [])]
}

const carries = { flow: { data: { 'D-00001': true } } } as const
const outside = { source: { kind: 'externalEntity' } } as const
const known = { target: { attributes: { exposedToInternet: 'no' } } } as const

describe('attention', () => {
  test.each<[string, Case, readonly string[]]>([
    ['two plain processes', {}, ['later']],
    ['a crossing', { source: { boundary: 'B-00001' }, boundary: {} }, ['now', 'crossing']],
    ['data of class D1', { ...carries, data: { class: 'D1' } }, ['later']],
    ['data of class D2', { ...carries, data: { class: 'D2' } }, ['now', 'dataClass']],
    [
      'a store of D3, whatever flows',
      { target: { kind: 'dataStore', data: { 'D-00001': true } }, data: { class: 'D3' } },
      ['now', 'dataClass'],
    ],
    ['an exposed end', { target: { attributes: { exposedToInternet: 'yes' } } }, ['now', 'exposed']],
    ['a privileged end', { source: { attributes: { runsAsPrivileged: 'yes' } } }, ['now', 'privileged']],
    ['an AI agent', { target: { attributes: { isAiAgent: 'yes' } } }, ['now', 'aiAgent']],
    ['a parser of untrusted input', { target: { attributes: { parsesUntrusted: 'yes' } } }, ['now', 'parsesUntrusted']],
    ['an AI model alone', { target: { attributes: { isAiModel: 'yes' } } }, ['later']],
    ['unclassified data between processes', { ...carries, data: {} }, ['later']],
    ['an unresolved boundary, between processes', { boundary: { membership: 'unresolved' } }, ['later']],
    ['outside, everything known', { ...outside, ...known }, ['later']],
    ['outside, exposure not stated', outside, ['now', 'unknownExposure']],
    [
      'outside, exposure stated unknown',
      { ...outside, target: { attributes: { exposedToInternet: 'unknown' } } },
      ['now', 'unknownExposure'],
    ],
    ['outside, data without class', { ...outside, ...known, ...carries, data: {} }, ['now', 'unknownClass']],
    [
      'outside, a boundary not resolved',
      { ...outside, ...known, boundary: { membership: 'unresolved' } },
      ['now', 'unknownBoundary'],
    ],
    ['outside, a boundary from geometry', { ...outside, ...known, boundary: { membership: 'geometry' } }, ['later']],
    [
      'to the outside, nothing known',
      { ...carries, target: { kind: 'externalEntity' }, data: {}, boundary: { membership: 'unresolved' } },
      ['now', 'unknownBoundary', 'unknownClass', 'unknownExposure'],
    ],
  ])('%s', (_, drawing, wanted) => {
    expect(attentionOf(drawing)).toEqual(wanted)
  })

  test('an element alone asks now for what it stores and what it is', () => {
    const rules = [packOf(ruleWith({ on: 'element', subject: 'element', title: 'Harm to {element}' }))]
    const design = drawn({
      elements: [
        { id: 'E-00001' },
        { id: 'E-00002', data: { 'D-00001': true } },
        { id: 'E-00003', attributes: { runsAsPrivileged: 'yes' } },
        { id: 'E-00004', kind: 'externalEntity', outOfScope: 'theirs' },
      ],
      data: [{ id: 'D-00001', class: 'D4' }],
    })
    const found = deriveFindings(design, rules)
      .findings.map(f => [f.subject, f.attention, ...f.attentionReasons])
      .sort()
    expect(found).toEqual([
      ['E-00001', 'later'],
      ['E-00002', 'now', 'dataClass'],
      ['E-00003', 'now', 'privileged'],
    ])
  })
})
