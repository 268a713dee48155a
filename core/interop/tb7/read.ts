import type { Rule, RulePack } from '../../model/types.ts'
import { ok, type Problem, type Result } from '../../support/result.ts'
import type { Places } from '../reading/text-places.ts'
import { readXml, type XmlKind } from '../reading/xml.ts'
import { type Loss, lossesOf, many, newReport, tally } from '../report.ts'
import { type Filter, isFault, parseFilter } from './filter.ts'
import { licenceIn, packFieldsOf, ruleIdsOf } from './names.ts'
import { paletteOf } from './palette.ts'
import { type Filters, ruleOf } from './rule.ts'
import { notTemplate } from './sniff.ts'
import { type FilterText, type Template, type ThreatType, templateOf } from './template.ts'

/** A template of the Microsoft Threat Modeling Tool as a rule pack. */
export type Tb7 = { readonly pack: RulePack; readonly losses: readonly Loss[] }

/** Reads a template: every threat type becomes one rule. One filter that cannot be read refuses the whole, so that none is missed. */
export function readTb7(file: string, text: string): Result<Tb7> {
  const other = notTemplate(file, text)
  if (other) return other
  const xml = readXml(file, text, TEMPLATE)
  if (!xml.ok) return xml
  const { root, places } = xml.value
  const template = templateOf(file, root)
  if (!template.ok) return template
  const problems: Problem[] = []
  const filters = template.value.threats.map(threat => ({
    include: filterOf(threat, 'Include', { places, problems }),
    exclude: filterOf(threat, 'Exclude', { places, problems }),
  }))
  const [first, ...others] = problems
  if (first) return { ok: false, problems: [first, ...others.slice(0, MOST_SHOWN - 1)] }
  const { rules, losses } = rulesOf(template.value, filters, places)
  return ok({ pack: { ...packFieldsOf(template.value, licenceIn(text)), rules }, losses })
}

/** Enough to correct a template by; more would bury the first. */
const MOST_SHOWN = 20

type Context = { readonly places: Places; readonly problems: Problem[] }

function filterOf(threat: ThreatType, which: 'Include' | 'Exclude', { places, problems }: Context): Filter | undefined {
  const { text, inside }: FilterText = which === 'Include' ? threat.include : threat.exclude
  if (text.trim() === '') return undefined
  const filter = parseFilter(text)
  if (!isFault(filter)) return filter
  problems.push({
    code: 'tb7.filter',
    severity: 'error',
    at: places.within(inside, filter.offset),
    message: `The ${which} filter of threat type ${shortened(threat.id)} cannot be read: ${filter.reason}.`,
    cure: 'Correct the filter in the template editor of the Microsoft Threat Modeling Tool, or in the file.',
  })
  return undefined
}

type Rules = { readonly rules: readonly Rule[]; readonly losses: readonly Loss[] }

function rulesOf(template: Template, filters: readonly Filters[], places: Places): Rules {
  const report = newReport()
  const palette = paletteOf(template)
  const ids = ruleIdsOf(template.threats, packFieldsOf(template, '').id)
  const rules = template.threats.map((threat, i): Rule => {
    const told = new Set<string>()
    const tell = (what: string, why: string) => {
      if (told.has(what)) return
      told.add(what)
      const inMany = (count: number) => `${what}, in ${many(count, 'threat type')}`
      tally(report, places.at(threat.at), { what: inMany, why })
    }
    for (const name of Object.keys(threat.fields).filter(field => !KEPT.has(field)))
      tell(`The field ${name}`, 'A rule has no place for it.')
    return ruleOf(threat, filters[i] as Filters, { template, palette, ruleId: ids[i] as string, tell })
  })
  return { rules, losses: lossesOf(report) }
}

/** Fields of a threat type that a rule keeps, or that only repeat what its category or description says. */
const KEPT = new Set([
  'Title',
  'UserThreatCategory',
  'UserThreatShortDescription',
  'UserThreatDescription',
  'PossibleMitigations',
  'Priority',
])

function shortened(id: string): string {
  return id.length > 60 ? `${id.slice(0, 59)}…` : id
}

const TEMPLATE: XmlKind = {
  code: 'tb7',
  noun: 'template',
  cure: 'save the template again in the Microsoft Threat Modeling Tool',
  skipped: new Set(['Image', 'ImageLocation']), // icons, as long runs of letters: half of the file
}
