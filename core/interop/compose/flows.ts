import type { Ternary } from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import { provenanceFor } from '../reading/building.ts'
import type { Foreign } from '../reading/foreign.ts'
import { defined, lineOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'
import { type Use, usesIn } from './uses.ts'

/** One data flow for each pair of services of which one uses the other; several where the addresses name several protocols. */
export function addUses(file: File, services: readonly Service[]): void {
  for (const use of usesIn(file, services)) {
    const protocols = [...use.protocols.keys()].sort(byText)
    if (protocols.length < 2) addFlow(file, use, { protocol: protocols[0], key: '' })
    else for (const protocol of protocols) addFlow(file, use, { protocol, key: protocol })
  }
}

type As = { readonly protocol: string | undefined; readonly key: string }

function addFlow({ building }: File, use: Use, { protocol, key }: As): void {
  const { source, target } = use
  const id = building.idFor('F', building.model, '/services', source.name, 'uses', target.name, key)
  const usual = protocol === undefined && !use.isOddPort ? target.image?.store?.protocol : undefined
  if (usual !== undefined)
    tally(building.report, source.place, {
      what: count => `Protocol of ${many(count, 'data flow')}`,
      why: 'The file names none: what the store at its end usually speaks was taken.',
    })
  building.flows[id] = defined({
    id,
    name: lineOf(`${source.name} to ${target.name}`, 400) ?? 'Unnamed data flow',
    source: source.id,
    target: target.id,
    protocol: protocol ?? usual,
    encryption: oneOf(use.protocols.get(protocol ?? '')),
    provenance: provenanceFor(building, undefined),
    foreign: saidBy(use),
  })
}

/** Where the file says so; of variables, the names. */
function saidBy({ isDependency, isLink, variables }: Use): Foreign | undefined {
  const environment = variables.size > 0 ? [...variables].slice(0, 50) : undefined
  const said = defined({ depends_on: isDependency || undefined, links: isLink || undefined, environment })
  return Object.keys(said).length > 0 ? said : undefined
}

/** What all addresses agree on; nothing when they differ or one does not say. */
function oneOf(said: ReadonlySet<Ternary> | undefined): Ternary | undefined {
  const [first] = said?.size === 1 ? said : []
  return first === 'unknown' ? undefined : first
}
