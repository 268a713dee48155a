import type { DastFilter, DastMatcher } from '../../schemas/generated/types.ts'
import { nameMatches } from '../evidence/globs.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { DastAlert, DastFacts, EvidenceItem } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { citation, doubtOf, factsIn, isFrom, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

/** One report, and those of its alerts that the matcher asks about. */
type Scan = {
  readonly item: EvidenceItem
  readonly facts: DastFacts
  readonly hits: readonly DastAlert[]
  readonly dismissed: readonly DastAlert[]
  /** Alerts of hosts that are not asked about. */
  readonly elsewhere: number
  /** Globs that no address fits. */
  readonly unreached: readonly string[]
}

/** At most `max` alerts, from a scanner that is shown to have reached the running program. */
export function judgeDast(matcher: DastMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const scans = items.flatMap(item => scanOf(item, matcher))
  return (
    excess(scans, matcher) ??
    unreadableOf(items) ??
    absence(scans, matcher) ??
    brokenRun(scans) ??
    dismissals(scans, matcher) ??
    shownToHaveReached(scans, scene)
  )
}

function scanOf(item: EvidenceItem, { reached, where }: DastMatcher): readonly Scan[] {
  const facts = factsIn(item, 'dast')
  if (!facts) return []
  const hosts = reached.map(hostOf)
  const asked = facts.alerts.filter(alert => isAskedFor(alert, where))
  const here = asked.filter(alert => isHere(alert, hosts))
  return [
    {
      item,
      facts,
      hits: here.filter(alert => !alert.falsePositive),
      dismissed: here.filter(alert => alert.falsePositive),
      elsewhere: asked.length - here.length,
      unreached: reached.filter(glob => !facts.reached.some(address => isAt(glob, address))),
    },
  ]
}

/** The root of a site is written with and without a slash. */
function isAt(glob: string, address: string): boolean {
  return nameMatches(glob, address) || nameMatches(glob, `${address}/`)
}

/** Host of an address or of a glob over addresses; undefined where it names none. Scheme and port are left out: one program listens on several. */
function hostOf(address: string): string | undefined {
  return /^[^/]{0,40}:\/\/([^/:?#]{1,400})/.exec(address)?.[1]?.toLowerCase()
}

/** Scanners walk on to other sites. Only an alert whose every address has another host is about another program. */
function isHere({ at }: DastAlert, globs: readonly (string | undefined)[]): boolean {
  if (at.length === 0 || globs.includes(undefined)) return true
  return at.some(address => {
    const host = hostOf(address)
    return host === undefined || globs.some(glob => nameMatches(glob ?? '*', host))
  })
}

function isAskedFor({ id, name, risk, cwe: has }: DastAlert, where: DastFilter | undefined): boolean {
  if (!where) return true
  const { risk: risks, cwe, alert } = where
  if (risks && !risks.includes(risk)) return false
  if (cwe && !cwe.some(one => has.includes(one))) return false
  return !alert || alert.some(glob => nameMatches(glob, id) || nameMatches(glob, name))
}

/** An alert that two reports of the same program list counts once; a report that reached the same and lists none contradicts. */
function excess(scans: readonly Scan[], { max }: DastMatcher): Judgement | undefined {
  const all = scans.flatMap(({ item, hits }) => hits.map(hit => ({ item, hit })))
  const distinct = [...new Map(all.map(one => [keyOf(one.hit), one])).values()]
  if (distinct.length <= max) return undefined
  const evidence = distinct.map(({ item, hit }) => citation(item, hit.pointer))
  const clean = scans.find(({ hits, dismissed, unreached }) => hits.length + dismissed.length + unreached.length === 0)
  const guilty = scans.find(({ hits }) => hits.length > max)
  if (clean && guilty)
    return open(
      'contradictory',
      `${shown(guilty.item.file)} reports ${namesOf(guilty.hits)}; ${shown(clean.item.file)} reached the same and reports nothing.`,
      { evidence: [...evidence.slice(0, 10), citation(clean.item)] },
    )
  return refuted(`${namesOf(distinct.map(({ hit }) => hit))}; at most ${max} may be.`, { evidence })
}

function keyOf({ id, name, at }: DastAlert): string {
  return JSON.stringify([id, name, [...new Set(at.map(address => hostOf(address) ?? address))].sort()])
}

function absence(scans: readonly Scan[], { from }: DastMatcher): Judgement | undefined {
  if (scans.length === 0)
    return open('missing', `Evidence "${shown(from.slot)}" holds no report of a scanner of the running program.`)
  const evidence = scans.map(({ item }) => citation(item))
  if (scans.every(({ facts }) => facts.reached.length === 0))
    return open('nothing-examined', 'The scanner reached nothing.', { evidence })
  const whole = scans.some(({ unreached }) => unreached.length === 0)
  const [first] = scans
  if (whole || !first) return undefined
  return open(
    'nothing-examined',
    `Nothing shows that the scanner reached ${shownList(first.unreached.map(quoted))}; it reached ${shownList(first.facts.reached)}.`,
    { evidence },
  )
}

/** Such scanners end with 1 or 2 when they found something; any other code must be explained. */
function brokenRun(scans: readonly Scan[]): Judgement | undefined {
  const broken = scans.find(({ item: { exitCode = 0 }, facts }) => {
    const found = exitCode === 1 || exitCode === 2
    return exitCode !== 0 && !(found && facts.alerts.length > 0)
  })
  return broken
    ? open('tool-failed', `The scanner of ${shown(broken.item.file)} ended with exit code ${broken.item.exitCode}.`, {
        evidence: [citation(broken.item)],
      })
    : undefined
}

/** An alert that somebody marked as a false positive decides nothing by itself. */
function dismissals(scans: readonly Scan[], { max }: DastMatcher): Judgement | undefined {
  const dismissed = scans.flatMap(scan => scan.dismissed)
  const hits = scans.reduce((sum, scan) => sum + scan.hits.length, 0)
  if (dismissed.length === 0 || hits + dismissed.length <= max) return undefined
  return open('contradictory', `${namesOf(dismissed)}, marked as false positive in the scanner.`, {
    evidence: scans.flatMap(scan => scan.dismissed.map(alert => citation(scan.item, alert.pointer))),
  })
}

function shownToHaveReached(scans: readonly Scan[], scene: Scene): Judgement {
  const seen = scans.filter(({ unreached }) => unreached.length === 0).map(scan => ({ scan, doubt: doubtOf(scan.item, scene) }))
  const good = seen.filter(({ doubt }) => doubt === undefined).map(({ scan }) => scan)
  const [first] = good
  if (!first) return seen[0]?.doubt ?? open('nothing-examined', 'The scanner reached nothing.')
  const hits = scans.flatMap(scan => scan.hits)
  const elsewhere =
    first.elsewhere === 0
      ? ''
      : ` ${counted(first.elsewhere, 'alert')} at other hosts ${first.elsewhere === 1 ? 'is' : 'are'} left out.`
  return proven(
    `The scanner reached ${shownList(first.facts.reached)} and reports ${hits.length === 0 ? 'nothing of this kind' : namesOf(hits)}.${elsewhere}`,
    {
      evidence: good.map(({ item }) => citation(item)),
      selfReported: good.some(({ item }) => item.binding.reported !== 'signed'),
    },
  )
}

function namesOf(alerts: readonly DastAlert[]): string {
  const names = alerts.map(({ name, id, at }) => `${name || id || 'an alert'}${at[0] === undefined ? '' : ` at ${at[0]}`}`)
  return `${alerts.length === 1 ? 'One alert' : `${alerts.length} alerts`}: ${shownList(names)}`
}

/** What it asks, in one sentence. */
export function describeDast({ from, max, reached, where }: DastMatcher): string {
  const risk = where?.risk ? ` of risk ${shownList(where.risk)}` : ''
  const cwe = where?.cwe ? ` for ${shownList(where.cwe)}` : ''
  const alert = where?.alert ? ` named ${shownList(where.alert.map(quoted))}` : ''
  const count = max === 0 ? 'No alerts' : `At most ${counted(max, 'alert')}`
  return `${count}${risk}${cwe}${alert}, from a scanner of the running program that is shown to have reached ${shownList(reached.map(quoted))}, in ${sourceWords(from)}.`
}
