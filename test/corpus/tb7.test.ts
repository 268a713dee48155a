import { describe, expect, test } from 'vitest'
import { readTb7, type Tb7 } from '../../core/interop/tb7/read.ts'
import type { Design, RulePack } from '../../core/model/types.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { faultsOf } from '../../core/threats/rule-faults.ts'
import * as validate from '../../schemas/generated/validate-packs.js'
import { modelsOfOthers } from './real-files.ts'
import { designOf, flowId, kindOf } from './tb7-drawings.ts'
import { attributesOf, type Drawn, generates, type Reference, referenceOf, type Situation } from './tb7-reference.ts'
import { drawnInTool } from './tm7-reference.ts'

const { here, textOf } = modelsOfOthers()

/** Threat types that no interaction of ours can show: placeholders of an older version, and stores fed by no process. */
const PLACEHOLDERS = ['SU', 'TU', 'RU', 'IU', 'DU', 'EU']
const BOUNDARIES = [
  "Boundary of the type 'Machine Trust Boundary', in 2 threat types",
  ...[
    'User mode or Kernel mode Boundary',
    'AppContainer Boundary',
    'CorpNet Trust Boundary',
    'Sandbox Trust Boundary Border',
  ].map(name => `Boundary of the type '${name}', in 1 threat type`),
]
const TEMPLATES = [
  {
    name: 'default',
    threats: 47,
    silent: [...PLACEHOLDERS, 'T8'],
    lost: [
      'A filter that is switched off, in 6 threat types',
      'A filter that asks different things of different kinds of ends, in 2 threat types',
      'A threat between two ends of which neither is a process, in 1 threat type',
      'Interactions between two ends of which neither is a process, in 12 threat types',
      ...BOUNDARIES,
    ],
  },
  {
    name: 'MedicalDeviceTemplate',
    threats: 125,
    silent: [...PLACEHOLDERS, 'T8'],
    lost: [
      'A filter that is switched off, in 6 threat types',
      'A filter that asks different things of different kinds of ends, in 3 threat types',
      'A threat between two ends of which neither is a process, in 1 threat type',
      'Interactions between two ends of which neither is a process, in 66 threat types',
      'The category "Patient Safety", in 12 threat types',
      'The category "Abuse", in 6 threat types',
      'The category "Privacy", in 1 threat type',
      ...BOUNDARIES,
    ],
  },
  {
    name: 'Azure_Cloud_Services',
    threats: 191,
    silent: [],
    lost: [
      'The field SDLPhase, in 191 threat types',
      'Interactions between two ends of which neither is a process, in 84 threat types',
      "Boundary of the type 'Azure Trust Boundary', in 2 threat types",
      "Boundary of the type 'Machine Trust Boundary', in 6 threat types",
      "Boundary of the type 'Service Fabric Trust Boundary', in 6 threat types",
      "Boundary of the type 'Azure IaaS VM Trust Boundary', in 1 threat type",
    ],
  },
]

function packOf(name: string): Tb7 {
  const read = readTb7(`${name}.tb7`, textOf(`tb7/${name}.tb7`))
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value
}

describe.skipIf(!here)('the public templates', () => {
  describe.each(TEMPLATES)('$name', ({ name, threats, silent, lost }) => {
    const { pack, losses } = here ? packOf(name) : { pack: { rules: [] } as unknown as RulePack, losses: [] }
    const reference = here ? referenceOf(textOf(`tb7/${name}.tb7`)) : { stencils: new Map(), threats: [] }

    test(`each of the ${threats} threat types is a rule`, () => {
      expect(reference.threats).toHaveLength(threats)
      expect(pack.rules).toHaveLength(threats)
      expect(pack.rules.map(rule => rule.follows?.replace(/.*, threat type /, ''))).toEqual(reference.threats.map(({ id }) => id))
      expect(new Set(pack.rules.map(({ id }) => id)).size).toBe(threats)
    })

    test('every rule can work, and the pack fits its schema', () => {
      expect(pack.rules.flatMap(faultsOf)).toEqual([])
      expect(validate.rulePack(pack), JSON.stringify(validate.rulePack.errors)).toBe(true)
      expect(deriveFindings(designOf(reference, []), [pack]).problems).toEqual([])
      expect(depthOf(pack)).toBeLessThan(100)
    })

    test('what is lost is said at its place', () => {
      for (const loss of losses) expect(loss.at).toMatch(new RegExp(`^${name}\\.tb7:\\d+:\\d+$`))
      expect(losses.map(({ what }) => what).sort()).toEqual([...lost].sort())
    })

    test('rules find what the filters say', () => {
      const random = randomNumbers(threats)
      const sampled = reference.threats.flatMap(threat => samplesFor(reference, threat, random))
      const situations = sampled.map(({ situation }) => situation)
      expect(situations.length).toBeGreaterThan(threats * 5)
      const found = foundIn(designOf(reference, situations), pack)
      const disagreements = situations.flatMap((situation, i) => {
        const expected = reference.threats.filter(threat => generates(reference, threat, situation)).map(({ id }) => id)
        const actual = [...(found.get(flowId(i)) ?? [])]
        return expected.sort().join() === actual.sort().join() ? [] : [{ situation, expected, actual }]
      })
      expect(disagreements.slice(0, 3)).toEqual([])
    })

    test('each rule was seen to find something and to find nothing', () => {
      const random = randomNumbers(threats)
      const never = reference.threats.filter(threat => {
        const samples = samplesFor(reference, threat, random)
        return !samples.some(({ isFound }) => isFound) || samples.every(({ isFound }) => isFound)
      })
      expect(never.map(({ id }) => id).sort()).toEqual([...silent].sort())
    })
  })
})

describe.skipIf(!here)('models drawn in the tool itself', () => {
  test.each([
    // The tool crosses lines and boxes; lines have no inside, so a design has no crossing where only a line is crossed.
    { model: 'MTMT_nested_tz', template: 'default', unseen: [] },
    // A boundary of the type "Azure Trust Boundary" is called "Public Cloud": conditions know boundaries by name.
    { model: 'MTMT_example', template: 'Azure_Cloud_Services', unseen: ['TH116', 'TH117'] },
    { model: 'MTMT_MVP', template: 'Azure_Cloud_Services', unseen: ['TH116', 'TH117'] },
  ])('$model: the rules find the threats that the tool generated', ({ model, template, unseen }) => {
    const { situations, threats } = drawnInTool(textOf(`tm7/${model}.tm7`))
    const { pack } = packOf(template)
    const reference = referenceOf(textOf(`tb7/${template}.tb7`))
    const found = foundIn(designOf(reference, situations), pack)
    const ours = situations.flatMap((_, i) => [...(found.get(flowId(i)) ?? [])].map(id => `${i} ${id}`))
    const seen = threats.filter(threat => !unseen.some(id => threat.endsWith(` ${id}`)))
    expect(seen.length).toBeGreaterThan(15)
    expect(ours.sort()).toEqual([...seen].sort())
  })
})

/** Ids of threat types found on each flow. */
function foundIn(design: Design, pack: RulePack): ReadonlyMap<string, ReadonlySet<string>> {
  const types = new Map(pack.rules.map(rule => [rule.id, rule.follows?.replace(/.*, threat type /, '') ?? '']))
  const found = new Map<string, Set<string>>()
  for (const { on, rule } of deriveFindings(design, [pack]).findings)
    if (on.kind === 'interaction') found.set(on.flow, (found.get(on.flow) ?? new Set()).add(types.get(rule) ?? rule))
  return found
}

type Sample = { readonly situation: Situation; readonly isFound: boolean }

/** Situations near a threat type: up to two it is generated for, two it is not, and two at random. */
function samplesFor(reference: Reference, threat: Reference['threats'][number], random: Random): readonly Sample[] {
  const hints = [...`${threat.include} ${threat.exclude}`.matchAll(/'([^']*)'/g)].map(match => match[1] ?? '')
  const samples: Sample[] = [1, 2].map(() => judged(situationAt(reference, [], random)))
  for (let tries = 0; tries < 400 && samples.length < 6; tries++) {
    const sample = judged(situationAt(reference, hints, random))
    if (samples.slice(2).filter(({ isFound }) => isFound === sample.isFound).length < 2) samples.push(sample)
  }
  return samples
  function judged(situation: Situation): Sample {
    return { situation, isFound: generates(reference, threat, situation) }
  }
}

type Random = (below: number) => number

/** Two ends of which one is a process, with stencils, values and boundaries that the hints name more often than others. */
function situationAt(reference: Reference, hints: readonly string[], random: Random): Situation {
  const ids = [...reference.stencils.keys()]
  const ends = ids.filter(id => kindOf(reference, id) !== undefined)
  const flows = ids.filter(id => isBelow(reference, id, 'Line'))
  const boundaries = ids.filter(id => isBelow(reference, id, 'BorderBoundary') || isBelow(reference, id, 'LineBoundary'))
  const pick = (from: readonly string[]) => {
    const near = from.filter(id => hints.includes(id))
    const list = near.length > 0 && random(4) > 0 ? near : from
    return list[random(list.length)] ?? ''
  }
  const drawn = (stencil: string): Drawn => ({ stencil, values: valuesFor(reference, stencil, { hints, random }) })
  const boundary = () => {
    const stencil = pick(boundaries)
    return { stencil, name: reference.stencils.get(stencil)?.name ?? stencil }
  }
  const crossed = [0, 0, 1, 1, 2][random(5)] ?? 0
  const flow = drawn(pick(flows))
  for (;;) {
    const source = pick(ends)
    const target = pick(ends)
    if (kindOf(reference, source) !== 'process' && kindOf(reference, target) !== 'process') continue
    return { source: drawn(source), target: drawn(target), flow, crossed: Array.from({ length: crossed }, boundary) }
  }
}

function isBelow(reference: Reference, id: string, shape: string): boolean {
  for (let at = reference.stencils.get(id); at; at = reference.stencils.get(at.parent)) if (at.shape === shape) return true
  return false
}

type Hinted = { readonly hints: readonly string[]; readonly random: Random }

/** Untouched in a third of all cases. */
function valuesFor(reference: Reference, stencil: string, { hints, random }: Hinted): ReadonlyMap<string, string> {
  return new Map(
    attributesOf(reference, stencil).map(({ name, values }) => {
      const near = values.filter(value => hints.includes(value))
      const list = random(3) === 0 ? values.slice(0, 1) : near.length > 0 && random(2) === 0 ? near : values
      return [name, list[random(list.length)] ?? '']
    }),
  )
}

/** Mulberry32: the same numbers in every run. */
function randomNumbers(seed: number): Random {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}
