import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import { type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { defined, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { placesIn } from '../reading/text-places.ts'
import { type ImportReport, many, newReport } from '../report.ts'
import { addAssets } from './assets.ts'
import { addAssumptions } from './assumptions.ts'
import { addDiagrams } from './diagrams.ts'
import { envelopeOf } from './envelope.ts'
import { partOfHcl } from './from-hcl.ts'
import { parseHcl } from './hcl.ts'
import { newReader, skipBlanks, take } from './hcl-reader.ts'
import type { Model } from './items.ts'
import { partOfJson } from './json.ts'
import { allParts, type Part, partsIn, tooManyParts } from './parts.ts'
import { addThreats } from './threats.ts'

/** Reads a threatcl file in its JSON form (github.com/threatcl/spec). Several models of a file become one design. */
export function readThreatcl(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const report = newReport()
  return readPart({ file, stamp, report }, partOfJson(root, report))
}

/** Reads a threatcl file in HCL. Nothing in it is evaluated, and no file it names is opened. */
export function readThreatclHcl(file: string, text: string, stamp: Stamp): Result<ReadModel> {
  const body = parseHcl(file, text)
  if (!body.ok) return body
  const report = newReport()
  return readPart({ file, stamp, report }, partOfHcl(body.value, { at: placesIn(file, text).at, report }))
}

const FIRST = /(?:spec_version\s*=|threatmodel\s+(?:"[^"\n]*"|[\p{ID_Start}_][\p{ID_Continue}-]*)\s*\{)/uy

/** Whether a text begins as these files do: with a version or a threat model, after any comments. */
export function looksLikeThreatclHcl(head: string): boolean {
  const reader = newReader(head)
  skipBlanks(reader, true)
  return take(reader, FIRST) !== undefined
}

type Reading = { readonly file: string; readonly stamp: Stamp; readonly report: ImportReport }

function readPart({ file, stamp, report }: Reading, root: Part): Result<ReadModel> {
  const models = modelsOf(root)
  const wrong = models.length === 0 ? noModel(file, root) : tooManyParts(file, root.parts)
  if (wrong) return wrong
  const formatVersion = lineOf(root.raw.spec_version, 40) ?? 'unknown'
  const origin = { file, tool: `threatcl ${formatVersion}`, family: 'threatcl', stamp }
  // Ids hold the name of their own model, so that another one added to the file changes none of them.
  const building = newBuilding(origin, report, { name: undefined, owner: undefined })
  for (const model of models) addModel(building, model)
  if (models.length > 1) tellJoined(models, report)
  const purpose = purposeOf(models)
  const foreign = envelopeOf(root, models, report, purpose?.isWhole ?? false)
  const name = lineOf(models.map(model => model.name).join(', '), 400) ?? 'Unnamed model'
  const originalIds = allParts(root.parts).map(part => `${part.type} ${part.name ?? ''}`)
  const design = finished(building, { ...defined({ purpose: purpose?.text, foreign }), name, originalIds })
  return ok({ design, formatVersion, report })
}

function addModel(building: Building, model: Model): void {
  const assets = addAssets(building, model)
  addDiagrams(building, model, assets)
  addThreats(building, model, assets)
  addAssumptions(building, model)
}

/** The models of a file, each with a path of its own even where two share a name. */
function modelsOf(root: Part): readonly Model[] {
  const parts = partsIn(root.parts, 'threatmodel')
  const seen = new Map<string, number>()
  return parts.map(part => {
    const name = lineOf(part.name, 400) ?? 'Unnamed model'
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { part, name, path: times === 1 ? `/${name}` : `/${name} ${times}`, isOneOfMany: parts.length > 1 }
  })
}

function noModel(file: string, { parts }: Part): Refusal {
  const controls = partsIn(parts, 'component').length
  return refuse({
    code: 'threatcl.noModel',
    at: file,
    message: `The file holds no threatmodel block${controls > 0 ? `, only ${many(controls, 'control')} for others to import` : ''}.`,
    cure: 'Name the file that holds the threat model.',
  })
}

/** What the models say of themselves; of several each says whose words they are. */
function purposeOf(models: readonly Model[]): { readonly text: string; readonly isWhole: boolean } | undefined {
  const texts = models.flatMap(({ part, name, isOneOfMany }) => {
    const own = textOf(part.raw.description, Number.POSITIVE_INFINITY)
    if (own === undefined) return []
    return [isOneOfMany ? `${name}: ${own}` : own]
  })
  const whole = texts.join('\n\n')
  const text = textOf(whole)
  return text === undefined ? undefined : { text, isWhole: text === whole }
}

function tellJoined(models: readonly Model[], report: ImportReport): void {
  const names = models.slice(0, 10).map(({ name }) => `"${name.slice(0, 80)}"`)
  report.losses.push({
    at: models[1]?.part.at ?? '',
    what: `The line between ${many(models.length, 'threat model')}`,
    why: `${names.join(', ')}${models.length > 10 ? ' and more' : ''} became one design; the original id of each row, and the title of each diagram, begins with the name of its model.`,
  })
}
