import { describe, expect, test } from 'vitest'
import type { Design, RulePack } from '../../../core/model/types.ts'
import { activePacks, indexFor } from '../../../core/threats/active.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinRules } from '../../../packs/rules.ts'
import { packOf, ruleWith, shop } from './designs.ts'

const always: RulePack = { ...packOf(ruleWith({ id: 'ALWAYS-1' })), id: 'always' }
const extra: RulePack = { ...packOf(ruleWith({ id: 'EXTRA-1' })), id: 'extra', optional: true }
const PACKS = [always, extra]

function using(...ids: readonly string[]): Design {
  const packs = Object.fromEntries(ids.map(id => [id, true as const]))
  return {
    ...shop(),
    settings: { design: { id: 'design', format: 1, designId: 'ACTIVETEST', name: 'Shop', epoch: 1, packs } },
  }
}

function named(packs: readonly RulePack[]): readonly string[] {
  return packs.map(({ id }) => id)
}

function rulesIn(design: Design, packs: readonly RulePack[] = PACKS): readonly string[] {
  return [...new Set(deriveFindings(design, packs).findings.map(({ rule }) => rule))].sort()
}

describe('a design that names no packs', () => {
  test('uses all but the optional ones', () => {
    expect(named(activePacks(shop(), PACKS))).toEqual(['always'])
    expect(rulesIn(shop())).toEqual(['ALWAYS-1'])
  })

  test('of those that ship uses all but stride-element', () => {
    expect(named(builtinRules).filter(id => !named(activePacks(shop(), builtinRules)).includes(id))).toEqual(['stride-element'])
    expect(deriveFindings(shop(), builtinRules).findings.filter(({ pack }) => pack === 'stride-element')).toEqual([])
  })

  test('with settings and no list in them is no other', () => {
    const { packs: _packs, ...design } = using().settings.design ?? { id: 'design' as const }
    const settings = { design } as Design['settings']
    expect(named(activePacks({ settings }, PACKS))).toEqual(['always'])
  })

  test('is told of no pack that is missing', () => {
    expect(indexFor(shop(), []).problems).toEqual([])
  })
})

describe('a design that names packs', () => {
  test('uses these and no others, optional ones too', () => {
    expect(named(activePacks(using('extra'), PACKS))).toEqual(['extra'])
    expect(rulesIn(using('extra'))).toEqual(['EXTRA-1'])
    expect(rulesIn(using('always', 'extra'))).toEqual(['ALWAYS-1', 'EXTRA-1'])
  })

  test('with stride-element gets its findings', () => {
    const { findings } = deriveFindings(using('stride-element'), builtinRules)
    expect(findings.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ pack }) => pack))).toEqual(new Set(['stride-element']))
  })

  test('uses none when it names only names that every object answers to', () => {
    const odd: RulePack = { ...always, id: 'constructor' }
    expect(named(activePacks(using('always'), [odd]))).toEqual([])
  })

  test('that nobody has is told so, once for each, and the others work on', () => {
    const design = using('always', 'zebra', 'ant')
    const { findings, problems } = deriveFindings(design, PACKS)
    expect(problems).toEqual([
      {
        code: 'pack.missing',
        severity: 'error',
        at: 'ant',
        message: 'The design uses the rule pack ant, and there is none of that name; its rules are not asked.',
        cure: 'Put the pack into the folder packs/ of the design, or take ant out of the packs in skeptic.json.',
      },
      expect.objectContaining({ code: 'pack.missing', at: 'zebra' }),
    ])
    expect(findings.length).toBe(deriveFindings(using('always'), PACKS).findings.length)
  })

  test('is told of what is broken in the packs it uses, and of nothing in the others', () => {
    const broken: RulePack = { ...packOf(ruleWith({ id: 'BROKEN-1', when: [{}] as never })), id: 'broken' }
    const codes = (design: Design) => deriveFindings(design, [...PACKS, broken]).problems.map(({ code, at }) => `${code} ${at}`)
    expect(codes(using('always'))).toEqual([])
    expect(codes(using('broken', 'gone'))).toEqual(['rule.broken broken/BROKEN-1', 'pack.missing gone'])
  })

  test('asks the same index again while neither packs nor settings change', () => {
    const [design, again] = [using('always', 'gone'), using('gone', 'always')]
    expect(indexFor(again, PACKS)).toBe(indexFor(design, PACKS))
  })
})
