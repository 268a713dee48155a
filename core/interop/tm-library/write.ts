import { rowsOf, sizeOf } from '../../model/table.ts'
import type { AnyRow, Design } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { type Loss, many } from '../report.ts'
import type { Occasion, Written } from '../writers.ts'
import { oursFirst } from '../writing/merged.ts'
import { differencesOf, lossesFrom, type Reasons } from '../writing/read-back.ts'
import { backReader } from '../writing/reader.ts'
import { foreignFrom, foreignOfDesign, namesFor } from '../writing/returned.ts'
import { readTmLibrary } from './read.ts'
import { fileOf } from './write-file.ts'
import { NOTHING, type Pen, TOOL } from './write-rows.ts'

const REASONS: Reasons = {
  tool: TOOL,
  rows: {
    diagrams: 'They stand in the file as Mermaid text, which is not read back: everything is drawn anew.',
    layout: 'The format draws nothing.',
    acceptances: 'The format has no decision against a threat, only a status of controls.',
    comments: 'Remarks stay with the design.',
    suggestions: 'Suggestions stay with the design.',
  },
  fields: {
    'boundaries/kind': 'The format does not say what makes trust change.',
    'boundaries/parent': 'Zones do not lie in each other; the two stand as a pair.',
    'boundaries/membership': 'The format states what lies in a zone, and nothing else.',
    'elements/data': 'Only data stores hold data sets.',
    'flows/encryption': 'The format has no unknown: written as not encrypted.',
    'flows/data': 'The format says only whether sensitive data moves.',
    'data/class': 'The format names kinds of data, not how bad a leak would be.',
    'data/personal': 'The format says that data is personal, and never that it is not.',
    'threats/action': 'It stands as the event of the threat, which is not read back.',
    'threats/impact': 'It stands in the risk of the threat, which is not read back.',
    'threats/likelihood': 'A risk of the format has both estimates, or is none.',
    'threats/impactScale': 'A risk of the format has both estimates, or is none.',
    'mitigations/status': 'The format has no word for verified: written as active.',
    'settings/glossary': 'Words of the team stay with the design.',
    'settings/insideWords': 'Words that stay inside are never written into a file for others.',
    'settings/ticketKeys': 'Words that stay inside are never written into a file for others.',
  },
}

/** A flat file of named objects after schema 1.0.2. Our ids, and what is there only because the format asks for it, stand in an extension. */
export function writeTmLibrary(design: Design, occasion: Occasion): Result<Written> {
  const foreign = foreignOfDesign(design, TOOL)
  const names = namesOf(design)
  const base = { design, names, called: new Set(names.values()), personas: personasOf(design, foreign) }
  const { designIn, refusal } = backReader(readTmLibrary, { at: occasion.at })
  const compared = (ours: Pen['ours'], stale: ReadonlySet<string>) =>
    differencesOf(design, designIn(fileOf({ ...base, ours }, { foreign, stale })))

  const ours = oursFirst(design, TOOL, rows => compared(rows, new Set()))
  const all = foreign.risks === undefined ? [] : compared(ours, new Set()).fields
  const rated = all.filter(({ field }) => field === 'likelihood' || field === 'impactScale')
  const changed = new Set(rated.map(({ id }) => names.get(id)))
  const stale = new Set(
    listOf(foreign.risks).flatMap(one => (isAbout(one, changed) ? [String(recordOf(one)?.symbolic_name)] : [])),
  )
  const file = fileOf({ ...base, ours }, { foreign, stale })
  const last = differencesOf(design, designIn(file))
  const losses = [...askedFor(design, file), ...lossesFrom(design, last, REASONS)]
  const refused = refusal()
  if (refused) return refused
  return ok({ text: `${JSON.stringify(file, null, 2)}\n`, losses })
}

function isAbout(risk: unknown, threats: ReadonlySet<unknown>): boolean {
  return listOf(recordOf(risk)?.threats).some(name => threats.has(name))
}

const NAME = /^[0-9a-z-]+$/

/** Symbolic names: those of an import where the format allows them, else our ids in small letters. What can be named together is told apart. */
function namesOf(design: Design): ReadonlyMap<string, string> {
  const taken = new Set<string>(Object.values(NOTHING))
  const rule = { tool: TOOL, own: (id: string) => id.toLowerCase(), fits: (name: string) => NAME.test(name) && !taken.has(name) }
  const groups: readonly (readonly AnyRow[])[] = [
    rowsOf(design.boundaries),
    rowsOf(design.data),
    rowsOf(design.threats),
    rowsOf(design.mitigations),
  ]
  const elements = namesFor(rowsOf(design.elements), rule)
  // Threats name elements and flows alike: a flow they name must not be called as an element is.
  const named = new Set(rowsOf(design.threats).flatMap(({ flows }) => Object.keys(flows ?? {})))
  const called = new Set(elements.values())
  const [alone, others] = [
    rowsOf(design.flows).filter(({ id }) => named.has(id)),
    rowsOf(design.flows).filter(({ id }) => !named.has(id)),
  ]
  const flows = namesFor([...alone, ...others], {
    ...rule,
    fits: (name, id) => rule.fits(name) && !(named.has(id) && called.has(name)),
  })
  return new Map([...elements, ...flows, ...groups.flatMap(rows => [...namesFor(rows, rule)])])
}

/** Who acts, by name: a persona of the import that is called so, else one of ours after the first threat that names it. */
function personasOf(design: Design, foreign: Raw): Pen['personas'] {
  const personas = new Map<string, string>()
  for (const one of listOf(foreign.threat_personas)) {
    const { title, symbolic_name: name } = recordOf(one) ?? {}
    if (typeof title === 'string' && typeof name === 'string' && !personas.has(title)) personas.set(title, name)
  }
  const used = new Map<string, string>()
  for (const { id, source } of rowsOf(design.threats))
    if (source !== undefined && !used.has(source)) used.set(source, personas.get(source) ?? `persona-${id.toLowerCase()}`)
  return used
}

/** What the format asks for and the design does not state: somebody must look at it. */
function askedFor(design: Design, file: Raw): readonly Loss[] {
  const without = (rows: readonly AnyRow[], key: string) => rows.filter(row => foreignFrom(row, TOOL)[key] === undefined).length
  const kinds = (kind: string) => rowsOf(design.elements).filter(row => row.kind === kind)
  const outside = rowsOf(design.elements).filter(({ boundary }) => boundary === undefined).length
  const unknown = rowsOf(design.flows).filter(({ encryption }) => encryption !== 'yes' && encryption !== 'no').length
  const loose = rowsOf(design.flows).filter(({ source, target }) => source === undefined || target === undefined).length
  const scope = foreignOfDesign(design, TOOL).scope === undefined && sizeOf(design.settings) > 0
  const said: readonly (readonly [number, string, string, string])[] = [
    [
      scope ? 1 : 0,
      'settings',
      'How critical and exposed the design is',
      'The format asks for it: written as moderate, important and internal. Correct it there.',
    ],
    [
      outside,
      'elements/boundary',
      `Zone of ${many(outside, 'element')}`,
      'The format wants one: they lie in a zone "No trust boundary", which is read back as none.',
    ],
    [
      without(kinds('externalEntity'), 'type'),
      'elements/kind',
      'Type of external entities',
      'The format asks for one: written as third party. Correct it there.',
    ],
    [
      without(kinds('dataStore'), 'type'),
      'elements/technology',
      'Type of data stores',
      'The format asks for one: written as the name of the technology tells, else as object. Correct it there.',
    ],
    [
      unknown,
      'flows/encryption',
      `Encryption of ${many(unknown, 'data flow')}`,
      'The format has no unknown: written as not encrypted, and read back as unknown.',
    ],
    [
      loose,
      'flows',
      `Loose ends of ${many(loose, 'data flow')}`,
      'The format wants both ends: they lead to "Not connected", which is read back as none.',
    ],
    [
      listOf(file.threats).length > 0 ? without(rowsOf(design.threats), 'threat_persona') : 0,
      'threats/source',
      'What those are like who act',
      'The format asks for skill, access and intent: written as the middle of each. Correct it there.',
    ],
  ]
  return said.flatMap(([count, at, what, why]) => (count === 0 ? [] : [{ at, what, why }]))
}
