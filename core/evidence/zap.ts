import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf, wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { DastAlert, DastRisk, Evidence, Oddity } from './types.ts'
import { walkXml } from './xml.ts'

/** Whether JSON is a report of ZAP: a list of sites, and who wrote it. */
export function isZap(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.hasOwn(value, 'site') &&
    ['@version', '@generated', '@programName'].some(key => Object.hasOwn(value, key))
  )
}

/** Facts of ZAP's traditional JSON report. Numbers are strings; the date is words of some language without a zone, so it is left out. */
export function readZapJson(_file: string, value: unknown): Result<Evidence> {
  const report = objectOf(value)
  const isList = Array.isArray(report.site)
  const sites = (isList ? listOf(report.site) : [report.site]).map((site, index): Site => {
    const pointer = isList ? `/site/${index}` : '/site'
    const alerts = listOf(objectOf(site).alerts)
    return {
      name: textOf(objectOf(site)['@name']),
      alerts: alerts.map((alert, i) => rawOf(objectOf(alert), `${pointer}/alerts/${i}`)),
    }
  })
  return evidenceOf(sites, {
    tool: report['@programName'],
    version: report['@version'],
    at: report.created ?? report['@created'],
  })
}

function rawOf(alert: Loose, pointer: string): Raw {
  const { instances } = alert
  return {
    pointer,
    of: name => textOf(alert[name]) ?? (typeof alert[name] === 'number' ? String(alert[name]) : undefined),
    at: listOf(instances).flatMap(instance => textOf(objectOf(instance).uri) ?? []),
  }
}

/** Facts of ZAP's traditional XML report; older versions write an address right into the alert. */
export function readZapXml(file: string, text: string): Result<Evidence> {
  const sites: { name: string | undefined; alerts: Raw[] }[] = []
  const path: string[] = []
  let root: Readonly<Record<string, string>> = {}
  let words = new Map<string, string>()
  let at: string[] = []
  let said = ''
  const walked = walkXml(file, text, {
    roots: ['OWASPZAPReport'],
    open(name, attributes) {
      if (path.length === 0) root = attributes
      if (path.length === 1 && name === 'site') sites.push({ name: attributes.name || undefined, alerts: [] })
      if (name === 'alertitem') {
        words = new Map()
        at = []
      }
      said = ''
      path.push(name)
    },
    close() {
      const name = path.pop() ?? ''
      const parent = path.at(-1)
      const site = sites.at(-1)
      if (name === 'uri' && said.trim() !== '') at.push(said.trim())
      else if (parent === 'alertitem') words.set(name, said.trim())
      else if (name === 'alertitem' && site) {
        const [own, places] = [words, at]
        const pointer = `/OWASPZAPReport/site[${sites.length}]/alerts/alertitem[${site.alerts.length + 1}]`
        site.alerts.push({ pointer, of: word => own.get(word) || undefined, at: places })
      }
      said = ''
    },
    text(part) {
      if (said.length < LONGEST_WORD) said += part
    },
  })
  if (!walked.ok) return walked
  return evidenceOf(sites, { tool: root.programName, version: root.version, at: root.created })
}

/** Bodies of answers stand in the report as text; what is longer than an address is none. */
const LONGEST_WORD = 100_000

type Raw = { readonly pointer: string; readonly of: (name: string) => string | undefined; readonly at: readonly string[] }
type Site = { readonly name: string | undefined; readonly alerts: readonly Raw[] }

/** A site stands in the report because something of it was asked for; so do the addresses of its alerts. */
function evidenceOf(
  sites: readonly Site[],
  by: { readonly tool: unknown; readonly version: unknown; readonly at: unknown },
): Result<Evidence> {
  const oddities: Oddity[] = []
  const alerts = sites.flatMap(site => site.alerts.map(alert => alertOf(alert, oddities)))
  const names = sites.flatMap(({ name }) => name ?? [])
  const [version, at] = [textOf(by.version), instantOf(by.at)]
  return ok({
    format: 'zap',
    made: {
      tool: textOf(by.tool) ?? 'ZAP',
      commits: [],
      ...(version === undefined ? {} : { version }),
      ...(at === undefined ? {} : { at }),
    },
    facts: { dast: { reached: [...new Set([...names, ...alerts.flatMap(alert => alert.at)])], alerts, oddities } },
  })
}

const RISKS: readonly DastRisk[] = ['informational', 'low', 'medium', 'high']

/** Risk runs from 0 to 3 and confidence from 0, a false positive, to 4. What cannot be read counts as the worst. */
function alertOf({ pointer, of, at }: Raw, oddities: Oddity[]): DastAlert {
  const risk = RISKS[wholeOf(of('riskcode')) ?? -1]
  if (risk === undefined) oddities.push({ pointer, text: `has the risk "${shown(of('riskcode') ?? '', 20)}"; it counts as high` })
  const cwe = wholeOf(of('cweid')) ?? 0
  return {
    pointer,
    id: of('pluginid') ?? of('alertRef') ?? '',
    name: of('name') ?? of('alert') ?? '',
    risk: risk ?? 'high',
    cwe: cwe > 0 ? [`CWE-${cwe}`] : [],
    at,
    falsePositive: of('confidence') === '0',
  }
}
