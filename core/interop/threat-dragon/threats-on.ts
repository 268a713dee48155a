import { riskOf } from '../../mitigations/risk.ts'
import { rowsOf } from '../../model/table.ts'
import type { Acceptance, Category, Design, Mitigation, Threat } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { lineOf, type Raw } from '../reading/json-fields.ts'
import { foreignFrom, originalIdFrom } from '../writing/foreign.ts'
import { restored, TOOL } from './cells.ts'
import type { Claim } from './claims.ts'
import { categoryOf, decisionOf, isDefaultText, isDefaultTitle, wordFor } from './words.ts'

/** The threats of one cell, and whether Threat Dragon would draw it red. */
export type WrittenThreats = { readonly list: readonly Raw[]; readonly isOpen: boolean }
export const NO_THREATS: WrittenThreats = { list: [], isOpen: false }

/** How a threat is decided, in the words of Threat Dragon: one status, and one text for whatever is done or why nothing is. */
export type Decided = {
  readonly status: string
  readonly text: string
  /** Ours that the text is made of: mitigations in the order of its paragraphs, or one acceptance. */
  readonly answers: readonly (Mitigation | Acceptance)[]
}

/** Decisions of a design by threat. */
export function decisionsOf(design: Design): (threat: Threat) => Decided {
  const mitigations = new Map<string, Mitigation[]>()
  for (const row of rowsOf(design.mitigations)) for (const id of idsOf(row.threats)) push(mitigations, id, row)
  const acceptances = new Map<string, Acceptance[]>()
  for (const row of rowsOf(design.acceptances)) push(acceptances, row.threat, row)
  return threat => {
    const { status, mitigation } = foreignFrom(TOOL, threat)
    const [declined] = acceptances.get(threat.id) ?? []
    if (declined) return { status: declinedWord(declined), text: reasonOf(declined), answers: [declined] }
    const answers = mitigations.get(threat.id) ?? []
    if (answers.length > 0) return { status: answeredWord(answers, status), text: textOf(answers), answers }
    const text = typeof mitigation === 'string' ? mitigation : ''
    return { status: typeof status === 'string' && status !== '' ? status : 'Open', text, answers }
  }
}

const DECLINED = { accept: 'Accepted', transfer: 'Transferred', avoid: 'Avoided' } as const

/** Not applicable and eliminated are ways of avoiding: the file's own word stays as long as the response does. */
function declinedWord(row: Acceptance): string {
  const { status } = foreignFrom(TOOL, row)
  const meant = typeof status === 'string' ? decisionOf(status) : undefined
  const isSame = meant === row.response || (meant === 'notApplicable' && row.response === 'avoid')
  return isSame ? String(status) : DECLINED[row.response]
}

function answeredWord(answers: readonly Mitigation[], status: unknown): string {
  if (answers.every(row => row.status !== 'planned')) return 'Mitigated'
  return typeof status === 'string' && decisionOf(status) === 'unclear' ? status : 'Open'
}

function reasonOf({ reason, description }: Acceptance): string {
  if (description !== undefined && lineOf(description, 4000) === reason) return description
  return reason === NO_REASON ? '' : reason
}

/** One paragraph for each, so that they can be told apart again; a single one may have several. */
function textOf(answers: readonly Mitigation[]): string {
  const [first] = answers
  if (first && answers.length === 1) return isWhole(first) ? (first.description ?? first.statement) : first.statement
  return answers.map(({ statement }) => lineOf(statement, 4000) ?? statement).join('\n\n')
}

/** Whether the description is only the statement over several lines. */
export function isWhole({ statement, description }: { readonly statement: string; readonly description?: string }): boolean {
  return description === undefined || (description !== statement && lineOf(description, 4000) === statement)
}

/** Writes the threats of one thing after the other; each gets a number that no other has. */
export function threatWriter(design: Design, { claim, top, owner }: { claim: Claim; top: number; owner: string }) {
  const byThing = new Map<string, Threat[]>()
  const threats = rowsOf(design.threats)
  for (const row of threats) for (const id of thingsOf(row)) push(byThing, id, row)
  const decided = decisionsOf(design)
  const numbers = new Set<number>()
  let last = Math.max(top, ...threats.map(row => numberOf(row) ?? 0))
  const numberFor = (row: Threat) => {
    const own = numberOf(row)
    const number = own !== undefined && own > 0 && !numbers.has(own) ? own : ++last
    numbers.add(number)
    return number
  }
  const write = (row: Threat, thing: string): Raw => {
    const id = claim(originalIdFrom(TOOL, row), row.id, thing)
    return threatOf(row, { id, number: numberFor(row), owner, ...decided(row) })
  }
  return {
    on: (thing: string): WrittenThreats => {
      const list = (byThing.get(thing) ?? []).map(row => write(row, thing))
      return { list, isOpen: list.some(({ status }) => String(status).toLowerCase() === 'open') }
    },
    top: () => last,
  }
}

/** Elements and flows that a threat is on. */
export function thingsOf({ elements, flows }: Threat): readonly string[] {
  return [...idsOf(elements), ...idsOf(flows)]
}

function numberOf(row: Threat): number | undefined {
  const { number } = foreignFrom(TOOL, row)
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

type Written = Decided & { readonly id: string; readonly number: number; readonly owner: string }

function threatOf(row: Threat, { id, number, owner, status, text, answers }: Written): Raw {
  const foreign = foreignFrom(TOOL, row)
  const title = titleOf(row)
  const own = {
    id,
    title,
    status,
    severity: severityOf(row),
    ...typeOf(row, foreign),
    description: descriptionOf(row, title),
    mitigation: text,
    new: false,
    number,
    score: typeof foreign.score === 'number' ? String(foreign.score) : '',
  }
  const kept = Object.fromEntries(Object.entries(foreign).filter(([key, value]) => !isDecided(key, value)))
  const owners = answers.flatMap(answer => ('response' in answer && answer.owner !== owner ? [answer.owner] : []))
  const skeptic = { id: row.id, ...(answers.length > 0 ? { answers: answers.map(answer => answer.id) } : {}) }
  return { ...restored(own, kept), skeptic: owners.length > 0 ? { ...skeptic, owner: owners[0] } : skeptic }
}

/** Keys whose value was settled above, and those that must be text and are not. */
function isDecided(key: string, value: unknown): boolean {
  if (['number', 'status', 'mitigation', 'title', 'type', 'modelType', 'severity'].includes(key)) return true
  return ['score', 'threatId', 'description'].includes(key) && typeof value !== 'string'
}

/** The title as the file had it, as long as it means the same. */
function titleOf(row: Threat): string {
  const { title } = foreignFrom(TOOL, row)
  if (typeof title !== 'string') return row.statement
  return isDefaultTitle(title) || lineOf(title, 4000) === row.statement ? title : row.statement
}

/** Where a title says nothing the description is the statement; so one beside a statement like that would take its place. */
function descriptionOf(row: Threat, title: string): string {
  if (!isDefaultTitle(title)) return row.description ?? ''
  return title === row.statement ? '' : (row.description ?? row.statement)
}

/** Texts that Threat Dragon starts with say nothing when they come back. */
export function isMute(row: Threat, text: string): boolean {
  const isShadowed = isDefaultTitle(row.statement) && titleOf(row) === row.statement && row.description !== undefined
  return isShadowed || isDefaultText(row.description ?? '') || isDefaultText(text)
}

const SEVERITIES = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' } as const

/** The word for our estimate; without one the file's own, else still to be determined. */
function severityOf(row: Threat): string {
  if (row.likelihood !== undefined && row.impactScale !== undefined)
    return SEVERITIES[riskOf(row.likelihood, row.impactScale).level]
  const { severity } = foreignFrom(TOOL, row)
  return typeof severity === 'string' && severity !== '' ? severity : 'TBD'
}

/** The word of the method the threat was found with, while its category is still that; else the STRIDE word in English. */
function typeOf(row: Threat, foreign: Raw): { readonly type: string; readonly modelType: string } {
  const [first] = Object.keys(row.categories) as Category[]
  const modelType = typeof foreign.modelType === 'string' ? foreign.modelType : undefined
  const type = typeof foreign.type === 'string' ? foreign.type : first === undefined ? undefined : wordFor(first)
  const isSame = categoryOf(type, modelType)?.category === first
  return isSame
    ? { type: type ?? '', modelType: modelType ?? 'STRIDE' }
    : { type: first ? wordFor(first) : '', modelType: 'STRIDE' }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
