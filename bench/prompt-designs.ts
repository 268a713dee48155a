import { applyChanges, EMPTY_DESIGN } from '../core/model/change.ts'
import { newDesign } from '../core/model/create.ts'
import { randomFrom } from '../core/model/identity.ts'
import type {
  ControlPack,
  DataAsset,
  Design,
  Element,
  Flow,
  Mitigation,
  Requirement,
  Threat,
  WorkItem,
} from '../core/model/types.ts'

/** The clock of the prompts that are timed. */
export const AT = '2026-01-01T00:00:00Z'
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ROWS = 5

/** So many work items, each in a service of its own with two flows, three requirements and five answered threats. */
export function promptDesign(count: number, packs: readonly ControlPack[]): Design {
  const provenance = { kind: 'human', at: AT, by: 'bench' } as const
  const controls = packs.flatMap(pack => pack.controls.map(control => control.id))
  const services = Array.from({ length: count }, (_, n) => n)
  const only = (id: string) => ({ [id]: true as const })
  const elements = services.flatMap((n): readonly Element[] => [
    {
      id: id('E', 2 * n),
      name: `Service ${n}`,
      kind: 'process',
      technology: 'Node.js 22',
      codeClasses: { authz: true },
      provenance,
    },
    { id: id('E', 2 * n + 1), name: `Caller ${n}`, kind: 'externalEntity', provenance },
  ])
  const flow = (n: number, at: number): Flow => ({
    ...{ id: id('F', 2 * n + at), name: at === 0 ? `order ${n}` : `answer ${n}`, provenance },
    ...{
      source: id('E', 2 * n + 1 - at),
      target: id('E', 2 * n + at),
      protocol: 'HTTPS',
      encryption: 'yes',
      authentication: 'yes',
    },
    data: only(id('D', at)),
  })
  const requirement = (n: number, at: number): Requirement => ({
    id: id('R', 3 * n + at),
    statement: `When Caller ${n} sends order ${at}, Service ${n} shall answer within ${at + 1} seconds and keep the order.`,
    ...{ kind: 'functional', status: 'approved', verification: at === 2 ? 'inspection' : 'test', provenance },
    elements: only(id('E', 2 * n)),
  })
  const threat = (n: number, at: number): Threat => ({
    ...{ id: id('T', ROWS * n + at), statement: `Caller ${n} changes field ${at} of the order of another.`, provenance },
    ...{
      categories: { tampering: true },
      cwe: { [`CWE-${100 + at}`]: true },
      flows: only(id('F', 2 * n)),
      likelihood: 3,
      impactScale: 4,
    },
  })
  const mitigation = (n: number, at: number): Mitigation => ({
    ...{
      id: id('M', ROWS * n + at),
      statement: `Service ${n} shall take field ${at} from the session.`,
      status: 'planned',
      provenance,
    },
    ...{ threats: only(id('T', ROWS * n + at)), control: controls[(n + at) % controls.length] as string },
  })
  const workItem = (n: number): WorkItem => ({
    ...{
      id: id('W', n),
      name: `Orders of service ${n}`,
      goal: `Keep the orders of Caller ${n}.`,
      operation: 'generate',
      provenance,
    },
    ...{ language: 'TypeScript', stack: 'Node.js 22.11.0', elements: only(id('E', 2 * n)) },
    mayEdit: { [`src/service-${n}/*.ts`]: true, [`test/service-${n}/*.ts`]: true },
  })
  const data = [0, 1].map((n): DataAsset => ({ id: id('D', n), name: `Order ${n}`, class: n === 0 ? 'D3' : 'D2', provenance }))
  const times = (most: number) => Array.from({ length: most }, (_, at) => at)
  const base = applyChanges(EMPTY_DESIGN, newDesign('Bench', { at: AT, by: 'bench', random: randomFrom('prompts') }))
  return {
    ...base,
    data: table(data),
    elements: table(elements),
    flows: table(services.flatMap(n => times(2).map(at => flow(n, at)))),
    requirements: table(services.flatMap(n => times(3).map(at => requirement(n, at)))),
    threats: table(services.flatMap(n => times(ROWS).map(at => threat(n, at)))),
    mitigations: table(services.flatMap(n => times(ROWS).map(at => mitigation(n, at)))),
    workItems: table(services.map(workItem)),
  }
}

function table<Row extends { readonly id: string }>(rows: readonly Row[]): Readonly<Record<string, Row>> {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

function id(prefix: string, n: number): string {
  const digits = [15, 10, 5, 0].map(shift => DIGITS[(n >> shift) & 31])
  return `${prefix}-0${digits.join('')}`
}
