import { provenanceFor } from '../reading/building.ts'
import { defined, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { namesIn } from './entries.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'

/** Secrets and configs by name, and who is given them. Secrets are class D4 by what the word means; of configs nothing is known. */
export function addGrants(file: File, services: readonly Service[]): void {
  for (const key of ['secrets', 'configs'] as const) {
    const ids = new Map(Object.keys(file[key]).map(name => [name, addData(file, key, name)]))
    for (const service of services) grant(file, service, { key, ids })
  }
}

function addData({ building, at, ...file }: File, key: 'secrets' | 'configs', name: string): string {
  const id = building.idFor('D', building.model, `/${key}`, name)
  const external = recordOf((file[key] as Raw)[name])?.external
  building.data[id] = defined({
    id,
    name: lineOf(name, 400) ?? 'Unnamed',
    class: key === 'secrets' ? ('D4' as const) : undefined,
    provenance: provenanceFor(building, lineOf(name, 1000)),
    foreign: external === true || recordOf(external) ? { external: true } : undefined,
  })
  tally(building.report, at(key, name), {
    what: count => `Source of ${many(count, key.slice(0, -1))}`,
    why:
      key === 'secrets'
        ? 'Contents, files and variables of secrets are never kept; each is a data asset of class D4.'
        : 'Contents and files of configs are never kept, for they may hold secrets; each is a data asset without a class.',
  })
  return id
}

type Given = { readonly key: 'secrets' | 'configs'; readonly ids: ReadonlyMap<string, string> }

/** It lies in the container as a file, so the element holds it. */
function grant({ building }: File, { id, raw, place }: Service, { key, ids }: Given): void {
  const named = namesIn(raw[key])
  const given = named.flatMap(name => ids.get(name) ?? [])
  if (given.length < named.length)
    tally(building.report, place, {
      what: count => `${key} of ${many(count, 'service')}`,
      why: 'Some are not declared at the top of the file, as Compose demands: left out.',
    })
  const row = building.elements[id]
  if (!row || given.length === 0) return
  building.elements[id] = { ...row, data: { ...row.data, ...Object.fromEntries(given.map(one => [one, true as const])) } }
}
