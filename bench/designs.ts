import { applyChanges, EMPTY_DESIGN } from '../core/model/change.ts'
import { newDesign } from '../core/model/create.ts'
import { randomFrom } from '../core/model/identity.ts'
import type { Boundary, DataAsset, Design, Element, Flow } from '../core/model/types.ts'

const AT = '2026-01-01T00:00:00Z'
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A made-up design of the wanted size: half processes, a third stores, the rest external; two flows an element, boundaries of ten. */
export function designOf(elements: number): Design {
  const provenance = { kind: 'human', at: AT } as const
  const random = randomFrom(`bench ${elements}`)
  const base = applyChanges(EMPTY_DESIGN, newDesign(`Bench ${elements}`, { at: AT, by: 'bench', random }))
  const boundaries = table(
    Math.max(1, Math.floor(elements / 10)),
    (i): Boundary => ({ id: idOf('B', i), name: `Zone ${i}`, kind: 'network', membership: 'stated', provenance }),
  )
  const data = table(5, (i): DataAsset => ({ id: idOf('D', i), name: `Data ${i}`, class: `D${i}` as 'D0', provenance }))
  const rows = table(
    elements,
    (i): Element => ({
      id: idOf('E', i),
      name: `Element ${i}`,
      kind: i % 2 === 0 ? 'process' : i % 6 === 1 ? 'externalEntity' : 'dataStore',
      ...(i % 6 === 1 ? {} : { boundary: idOf('B', Math.floor(i / 10) % Object.keys(boundaries).length) }),
      provenance,
    }),
  )
  const flows = table(elements * 2, (i): Flow => {
    const source = Math.floor(random() * elements)
    const target = (source + 1 + Math.floor(random() * 9)) % elements
    return {
      id: idOf('F', i),
      name: `Flow ${i}`,
      source: idOf('E', source),
      target: idOf('E', target),
      protocol: 'HTTPS',
      encryption: 'yes',
      authentication: 'unknown',
      data: { [idOf('D', i % 5)]: true },
      provenance,
    }
  })
  return { ...base, boundaries, data, elements: rows, flows }
}

function table<Row extends { readonly id: string }>(count: number, make: (i: number) => Row): Record<string, Row> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)).map(row => [row.id, row]))
}

function idOf(prefix: string, n: number): string {
  let text = ''
  for (let rest = n, i = 0; i < 5; i++, rest = Math.floor(rest / 32)) text = (ALPHABET[rest % 32] as string) + text
  return `${prefix}-${text}`
}
