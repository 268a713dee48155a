import type { Stamp } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import type { Others } from '../readers.ts'
import { addOverview, type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import type { Item } from '../reading/items.ts'
import { defined, idOf, lineOf, type Raw } from '../reading/json-fields.ts'
import { newReport } from '../report.ts'
import { addBoundaries, insideOf } from './boundaries.ts'
import { addData } from './data.ts'
import { addElements } from './elements.ts'
import { aboutOf } from './envelope.ts'
import { addFlows, type Link, linksOf } from './flows.ts'
import { onlyIncludes, partsOf, tellMissingParts } from './parts.ts'
import { addRisks, type Risk, risksOf } from './risks.ts'
import { itemsIn, NO_ROW, SECTIONS, type Section, tooMuch, type Whole, wholeOf, wrongSections } from './sections.ts'
import { targetsIn } from './targets.ts'
import { addAbuseCases, addQuestions, requirementsOf } from './texts.ts'
import { addTracked, trackingsOf } from './tracking.ts'

/** What a model holds by name, each with the id its row gets. */
export type Lists = {
  readonly assets: readonly Item[]
  readonly links: readonly Link[]
  readonly data: readonly Item[]
  readonly boundaries: readonly Item[]
  readonly runtimes: readonly Item[]
  readonly categories: readonly Item[]
  readonly risks: readonly Risk[]
  readonly trackings: readonly Item[]
}

/**
 * Reads a Threagile model (github.com/Threagile/threagile, 0.9 and 1.0). Files it includes are taken from those given together with
 * it and never opened. Risks are not in such a file: only what people wrote about them is.
 */
export function readThreagile(file: string, root: Raw, stamp: Stamp, others: Others = new Map()): Result<ReadModel> {
  const report = newReport()
  const found = partsOf(file, root, others, report)
  if (!found.ok) return found
  const { parts, missing } = found.value
  const wrong = wrongSections(file, parts)
  if (wrong) return wrong
  const whole = wholeOf(parts, report)
  if (missing.length > 0 && isBare(whole)) return onlyIncludes(file, missing)
  const tooMany = tooMuch(file, whole)
  if (tooMany) return tooMany
  tellMissingParts(report, missing)
  const formatVersion = idOf(whole.rest.threagile_version)?.slice(0, 40) ?? 'unknown'
  const name = lineOf(whole.rest.title, 400)
  const origin = { file, tool: `Threagile ${formatVersion}`, family: 'threagile', stamp }
  const building = newBuilding(origin, report, { name, owner: undefined })
  return ok({ design: designOf(building, whole), formatVersion, report })
}

function isBare({ sections, rest }: Whole): boolean {
  return SECTIONS.every(section => sections[section].length === 0) && Object.keys(rest).every(key => key === 'threagile_version')
}

function designOf(building: Building, { sections, rest }: Whole) {
  const lists = listsOf(building, sections)
  const assetsInside = insideOf(lists.boundaries, lists.assets, 'technical_assets_inside')
  addData(building, lists)
  addBoundaries(building, lists, assetsInside)
  addElements(building, lists, assetsInside.of)
  addFlows(building, lists)
  const around = { targets: targetsIn(lists), trackings: trackingsOf(lists) }
  addRisks(building, lists, around)
  const tracked = addTracked(building, lists, around)
  addAbuseCases(building, sections.abuse_cases)
  const requirements = requirementsOf(building, sections.security_requirements)
  const questions = addQuestions(building, sections.questions)
  addOverview(building)
  const { purpose, foreign } = aboutOf(building, { rest, lists, left: { risk_tracking: tracked, questions } })
  const named = [...lists.assets, ...lists.links, ...lists.data, ...lists.boundaries]
  const design = finished(building, {
    ...defined({ purpose, foreign }),
    name: building.model === '' ? 'Unnamed model' : building.model,
    originalIds: named.map(({ originalId }) => originalId ?? ''),
  })
  return { ...design, requirements }
}

function listsOf(building: Building, sections: Whole['sections']): Lists {
  const items = (section: Section, prefix: string, noun: string) =>
    itemsIn(building, sections[section], { prefix, noun, path: `/${section}` })
  const assets = items('technical_assets', 'E', 'technical asset')
  const categories = [
    ...items('individual_risk_categories', NO_ROW, 'risk category'),
    ...items('custom_risk_categories', NO_ROW, 'risk category'),
  ]
  return {
    assets,
    links: linksOf(building, assets),
    data: items('data_assets', 'D', 'data asset'),
    boundaries: items('trust_boundaries', 'B', 'trust boundary'),
    runtimes: items('shared_runtimes', NO_ROW, 'shared runtime'),
    categories,
    risks: risksOf(building, categories),
    trackings: items('risk_tracking', NO_ROW, 'tracked decision'),
  }
}
