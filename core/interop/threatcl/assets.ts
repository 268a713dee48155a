import type { DataClass } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { nameOf } from '../reading/items.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Block, blocksOf, keptOf, type Model } from './items.ts'
import { LABEL, partsIn } from './parts.ts'

/** The three words of the format, and two that a team may add to them: the words of our own classes. */
const CLASS_OF: ReadonlyMap<string, DataClass> = new Map([
  ['public', 'D0'],
  ['internal', 'D1'],
  ['confidential', 'D2'],
  ['restricted', 'D3'],
  ['secret', 'D4'],
])

/** Information assets become data with the class that their classification names. */
export function addAssets(building: Building, { part, name, path }: Model): readonly Block[] {
  const as = { path: `${path}/information_asset`, origin: name, prefix: 'D', noun: 'information asset' }
  const assets = blocksOf(building, partsIn(part.parts, 'information_asset'), as)
  for (const asset of assets) addAsset(building, asset)
  return assets
}

function addAsset(building: Building, asset: Block): void {
  const { raw, id } = asset
  const word = lineOf(raw.information_classification, 80)
  const dataClass = CLASS_OF.get(word?.toLowerCase() ?? '')
  const keys = dataClass === undefined ? [] : ['information_classification']
  const { provenance, foreign } = keptOf(building, asset, { keys, texts: { description: 100_000 } })
  if (dataClass === undefined) tellClass(asset, word)
  building.data[id] = defined({
    id,
    name: nameOf(asset, LABEL),
    class: dataClass,
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

function tellClass({ place }: Block, word: string | undefined): void {
  tally(place.report, place.at, {
    what: count => `Class of ${many(count, 'information asset')}`,
    why:
      word === undefined
        ? 'The file states none: choose a class.'
        : `"${word}" is no class here: kept under foreign; choose one.`,
  })
}
