import type { Stamp } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { type Foreign, foreignOf, keptForeign } from '../reading/foreign.ts'
import { type Item, itemsOf } from '../reading/items.ts'
import { defined, fitting, lineOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ListShape, lengthsOf, wrongLists } from '../reading/list-limits.ts'
import { newReport } from '../report.ts'
import { addAssets } from './assets.ts'
import { addComponents, addZones } from './elements.ts'
import { addDataflows } from './flows.ts'
import { addDiagrams } from './layout.ts'
import { listWithoutOurs, type Ours, withoutOurs } from './ours.ts'
import { addThreats } from './threats.ts'

/** The lists of a file, each with the ids its objects get. */
export type Lists = Items & {
  /** What a file of ours carries of an object's row. */
  readonly oursOf: (item: Item) => Ours
}

type Items = {
  readonly zones: readonly Item[]
  readonly components: readonly Item[]
  readonly flows: readonly Item[]
  readonly assets: readonly Item[]
  readonly threats: readonly Item[]
  readonly mitigations: readonly Item[]
}

const LISTS = {
  zones: { key: 'trustZones', prefix: 'B', noun: 'trust zone' },
  components: { key: 'components', prefix: 'E', noun: 'component' },
  flows: { key: 'dataflows', prefix: 'F', noun: 'data flow' },
  assets: { key: 'assets', prefix: 'D', noun: 'asset' },
  threats: { key: 'threats', prefix: 'T', noun: 'threat' },
  mitigations: { key: 'mitigations', prefix: 'M', noun: 'mitigation' },
} as const satisfies { readonly [name in keyof Items]: { key: string; prefix: string; noun: string } }

const KEYS: readonly string[] = Object.values(LISTS).map(({ key }) => key)

const SHAPE: ListShape = {
  code: 'otm.list',
  keys: [...KEYS, 'representations'],
  linksIn: ({ threats, representations, assets }) =>
    lengthsOf(threats, representations, assets, recordOf(assets)?.stored) +
    (Array.isArray(threats) ? threats.reduce<number>((sum, use) => sum + lengthsOf(recordOf(use)?.mitigations), 0) : 0),
  zones: 'trustZones',
  schema: 'the OTM standard',
}

/** Reads an Open Threat Model: zones around components, flows between them, and where each is drawn. */
export function readOtm(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const wrong = wrongLists(file, root, SHAPE)
  if (wrong) return wrong
  const report = newReport()
  const formatVersion = lineOf(root.otmVersion, 40) ?? '0.2'
  const own = withoutOurs(recordOf(root.project) ?? {})
  const project = own.raw
  const name = lineOf(project.name, 400)
  const origin = { file, tool: `Open Threat Model ${formatVersion}`, family: 'otm', stamp }
  const building = newBuilding(origin, report, { name, owner: lineOf(project.owner, 400) })
  const lists = listsOf(building, root)
  addZones(building, lists)
  addAssets(building, lists)
  addComponents(building, lists)
  addDataflows(building, lists)
  addThreats(building, lists)
  addDiagrams(building, lists, root)
  const { oursOf: _, ...items } = lists
  const originalIds = Object.values(items).flatMap(list => list.map(({ originalId }) => originalId ?? ''))
  const whole = defined({
    designId: own.ours.get('designId'),
    purpose: textOf(project.description),
    foreign: envelopeOf(root, project, building),
  })
  return ok({ design: finished(building, { ...whole, name: name ?? 'Unnamed model', originalIds }), formatVersion, report })
}

const NOTHING: Ours = new Map()

function listsOf(building: Building, root: Raw): Lists {
  const all = new Map<unknown, Ours>()
  const read = (name: keyof Items) => {
    const { key, prefix, noun } = LISTS[name]
    const { list, ours } = listWithoutOurs(root[key])
    for (const [raw, own] of ours) all.set(raw, own)
    // Threats of ours have their ids where they are used.
    const own = name === 'threats' ? () => undefined : (raw: Raw) => ours.get(raw)?.get('id')
    return itemsOf(building, { list, at: `/${key}`, prefix, noun, key: 'id', own })
  }
  const items = Object.fromEntries(Object.keys(LISTS).map(name => [name, read(name as keyof Items)])) as Items
  return { ...items, oursOf: item => all.get(item.raw) ?? NOTHING }
}

/** What the file says besides the rows, each key kept or lost by itself. */
function envelopeOf(root: Raw, project: Raw, { report }: Building): Foreign | undefined {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(root)) {
    if (KEYS.includes(key) || key === 'otmVersion') continue
    const used = new Set(fitting(project, { name: 400, description: 100_000 }))
    const isProject = key === 'project' && recordOf(value) !== undefined
    const own = isProject
      ? foreignOf(project, used, { at: '/project', report })
      : keptForeign({ [key]: value }, { at: `/${key}`, report })?.[key]
    if (own !== undefined) kept[key] = own
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}
