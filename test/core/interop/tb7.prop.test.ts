import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTb7 } from '../../../core/interop/tb7/read.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { faultsOf } from '../../../core/threats/rule-faults.ts'
import { designOf, flowId, kindOf } from '../../corpus/tb7-drawings.ts'
import { attributesOf, type Drawn, generates, referenceOf, type Situation } from '../../corpus/tb7-reference.ts'
import { templateText } from './tb7-text.ts'

const reference = referenceOf(templateText([{}]))
const ENDS = [...reference.stencils.keys()].filter(id => kindOf(reference, id) !== undefined)
const FLOWS = ['GE.DF', 'SE.DF.HTTPS']
const BOUNDARIES = ['GE.TB.L', 'GE.TB.B', 'SE.TB.Machine']

const condition = fc.oneof(
  fc.tuple(fc.constantFrom('source', 'target'), fc.constantFrom(...ENDS, 'ROOT')).map(([end, id]) => `${end} is '${id}'`),
  fc.constantFrom(...FLOWS).map(id => `flow is '${id}'`),
  fc
    .constantFrom(['GE.TB.L', 'GE.TB.B'], ['SE.TB.Machine'])
    .map(ids => `(${ids.map(id => `flow crosses '${id}'`).join(' or ')})`),
  fc.constantFrom("flow.conf is 'Yes'", "flow.conf is 'No'"),
  fc
    .tuple(
      fc.constantFrom('source', 'target'),
      fc.constantFrom('hasInput', 'log', 'itself', 'mode'),
      fc.constantFrom('Yes', 'No', 'On'),
    )
    .map(([end, attribute, value]) => `${end}.${attribute} is '${value}'`),
)

const { filter } = fc.letrec<{ filter: string }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    condition,
    fc.array(tie('filter'), { minLength: 2, maxLength: 4 }).map(parts => `(${parts.join(' and ')})`),
    fc.array(tie('filter'), { minLength: 2, maxLength: 4 }).map(parts => parts.join(' or ')),
    fc.tuple(condition, condition).map(parts => parts.join(' and ')),
    tie('filter').map(part => `not (${part})`),
    condition.map(part => `not ${part}`),
  ),
}))

function drawn(ids: readonly string[]): fc.Arbitrary<Drawn> {
  return fc
    .constantFrom(...ids)
    .chain(stencil =>
      fc
        .tuple(
          ...attributesOf(reference, stencil).map(({ name, values }) =>
            fc.constantFrom(...values).map(value => [name, value] as const),
          ),
        )
        .map(values => ({ stencil, values: new Map(values) })),
    )
}

const situation: fc.Arbitrary<Situation> = fc
  .record({
    source: drawn(ENDS),
    target: drawn(ENDS),
    flow: drawn(FLOWS),
    crossed: fc.subarray(BOUNDARIES.map(stencil => ({ stencil, name: reference.stencils.get(stencil)?.name ?? '' }))),
  })
  .filter(({ source, target }) => [source, target].some(({ stencil }) => kindOf(reference, stencil) === 'process'))

test('any filter becomes a rule that can work and finds what the filter says', () => {
  fc.assert(
    fc.property(
      filter,
      fc.option(filter, { nil: '' }),
      fc.array(situation, { minLength: 10, maxLength: 20 }),
      (include, exclude, all) => {
        const read = readTb7('any.tb7', templateText([{ include, exclude }]))
        if (!read.ok) throw new Error(read.problems[0].message)
        const { pack } = read.value
        expect(pack.rules.flatMap(faultsOf)).toEqual([])
        const { findings } = deriveFindings(designOf(reference, all), [pack])
        const found = findings.map(({ on }) => on.kind === 'interaction' && on.flow).sort()
        const expected = all.flatMap((one, i) => (generates(reference, { id: 'X1', include, exclude }, one) ? [flowId(i)] : []))
        expect(found).toEqual(expected.sort())
      },
    ),
    { numRuns: 300 },
  )
})
