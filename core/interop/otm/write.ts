import { settingsOf } from '../../model/lookup.ts'
import { rowAt, rowsOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { defined, type Raw, recordOf } from '../reading/json-fields.ts'
import type { Written } from '../writers.ts'
import { otmLosses } from './losses.ts'
import { namesOf } from './names.ts'
import { attributesWith, ourAttribute } from './ours.ts'
import { assetsOf, componentsOf, dataflowsOf, type Making, written, zonesOf } from './things.ts'
import { pagesOf } from './write-layout.ts'
import { mitigationsOf, threatsOf } from './write-threats.ts'

const VERSION = '0.2.0'

/** Writes an Open Threat Model in JSON; what the format has no place for goes into the attributes of its object, as far as it is about one. */
export function writeOtm(design: Design): Result<Written> {
  const nameOf = namesOf(design)
  const components = new Map(rowsOf(design.elements).map(row => [nameOf(row.id), row]))
  const componentNamed = (name: unknown) => (typeof name === 'string' ? components.get(name) : undefined)
  const parts: Making = { design, nameOf, componentNamed, drawn: () => [], isPage: () => false, uses: () => [] }
  const parents = new Map(
    componentsOf(parts)
      .map(one => [one.id, recordOf(one.parent)?.component] as const)
      .filter(([, outer]) => outer !== undefined),
  )
  const outerOf = (id: string) =>
    componentNamed(parents.get(nameOf(id)))?.id ?? rowAt(design.elements, id)?.boundary ?? rowAt(design.boundaries, id)?.parent
  const { pages, drawn, isPage } = pagesOf(design, outerOf, nameOf)
  const threats = threatsOf(design, nameOf)
  const making: Making = { ...parts, drawn, isPage, uses: threats.usesOn }
  const model = {
    otmVersion: VERSION,
    project: projectOf(design),
    representations: listed(pages),
    assets: listed(assetsOf(making)),
    trustZones: zonesOf(making),
    components: componentsOf(making),
    dataflows: dataflowsOf(making),
    threats: listed(threats.definitions),
    mitigations: listed(mitigationsOf(design, nameOf)),
  }
  const { project: _project, representations: _pages, ...rest } = envelopeOf(design)
  const others = Object.entries(rest).filter(([key]) => !Object.hasOwn(model, key))
  const text = `${JSON.stringify({ ...defined(model), ...Object.fromEntries(others) }, undefined, 2)}\n`
  return ok({ text, losses: otmLosses(design) })
}

function listed(list: readonly Raw[]): readonly Raw[] | undefined {
  return list.length > 0 ? list : undefined
}

/** What an import kept of the file around the lists; told by its project, for settings have no provenance. */
function envelopeOf(design: Design): Raw {
  const foreign = settingsOf(design)?.foreign
  return foreign && recordOf(foreign.project) ? foreign : {}
}

function projectOf(design: Design): Raw {
  const { designId = '', name = 'Unnamed model', purpose } = settingsOf(design) ?? {}
  const kept = recordOf(envelopeOf(design).project) ?? {}
  const id = typeof kept.id === 'string' ? kept.id : designId
  const texts = ['owner', 'ownerContact'].filter(key => kept[key] !== undefined && typeof kept[key] !== 'string')
  const foreign = Object.fromEntries(Object.entries(kept).filter(([key]) => !texts.includes(key) && key !== 'attributes'))
  const attributes = attributesWith(kept.attributes, ourAttribute('designId', designId))
  return written(foreign, name, { id, description: purpose, attributes })
}
