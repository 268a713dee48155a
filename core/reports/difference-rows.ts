import { interactionsOn } from '../dfd/interactions.ts'
import { STRIDE, wordsOf } from '../mitigations/categories.ts'
import { rowAt } from '../model/table.ts'
import type { AnyRow, Design, Provenance, TableName, Triage } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { KIND_WORDS } from '../threats/finding.ts'
import { called, listed, nameWords, quoted, ROW_WORDS } from './difference-words.ts'

/** The state of a design in which rows are looked up, and what its findings are called. */
export type Ground = { readonly design: Design; readonly titles: ReadonlyMap<string, string> }

/** What a row is called in a sentence. */
export function rowName({ design, titles }: Ground, table: TableName, id: string): string {
  switch (table) {
    case 'settings':
      return `the design ${nameWords(design.settings.design?.name ?? '')}`.trim()
    case 'policy':
      return 'the policy'
    case 'triage':
      return findingName({ design, titles }, id)
    case 'acceptances': {
      const row = rowAt(design.acceptances, id)
      return row ? `the ${ACCEPTANCES[row.response][2]} of ${called(design, row.threat)}` : id
    }
    case 'exclusions': {
      const row = rowAt(design.exclusions, id)
      return row ? `${nameWords(row.entry)} of ${nameWords(row.framework)}` : id
    }
    default:
      return called(design, id)
  }
}

/** A finding by its title; one that no rule finds by its rule and place. */
function findingName({ design, titles }: Ground, id: string): string {
  const title = titles.get(id)
  if (title !== undefined) return quoted(title)
  const subject = rowAt(design.triage, id)?.subject
  const place = subject?.flow ?? subject?.element
  return subject === undefined
    ? id
    : `the finding of ${nameWords(subject.rule)}${place === undefined ? '' : ` on ${called(design, place)}`}`
}

const ACCEPTANCES = {
  accept: ['accepts', 'accepted', 'acceptance'],
  transfer: ['transfers', 'transferred', 'transfer'],
  avoid: ['avoids', 'avoided', 'avoidance'],
} as const

/** Says that a row came. */
export function addedSentence(ground: Ground, table: TableName, row: AnyRow): string {
  if (table === 'triage') return decided(ground, row as Triage)
  if (table === 'acceptances') {
    const { response, threat, expires } = row as Design['acceptances'][string]
    return `${ACCEPTANCES[response][0]} the threat ${called(ground.design, threat)}${expires === undefined ? '' : ` until ${expires}`}`
  }
  if (table === 'exclusions') {
    const { reason, expires } = row as Design['exclusions'][string]
    const until = expires === undefined ? '' : ` until ${expires}`
    return `calls ${rowName(ground, table, row.id)} not applicable${until}: ${quoted(reason)}${isProposed(row) ? ', as an AI proposed it' : ''}`
  }
  if (table === 'settings' || table === 'policy') return `adds ${rowName(ground, table, row.id)}`
  return `adds ${kindOf(ground.design, table, row.id)} ${rowName(ground, table, row.id)}${MORE[table]?.(ground.design, row.id) ?? ''}`
}

/** Says that a row went; the ground is the state that still had it. */
export function removedSentence(ground: Ground, table: TableName, row: AnyRow): string {
  if (table === 'triage') return `takes back the decision on ${rowName(ground, table, row.id)}`
  if (table === 'acceptances') {
    const { response, threat } = row as Design['acceptances'][string]
    return `no longer ${ACCEPTANCES[response][0]} the threat ${called(ground.design, threat)}`
  }
  if (table === 'exclusions') return `no longer calls ${rowName(ground, table, row.id)} not applicable`
  if (table === 'settings' || table === 'policy') return `removes ${rowName(ground, table, row.id)}`
  return `removes ${kindOf(ground.design, table, row.id)} ${rowName(ground, table, row.id)}`
}

function isProposed(row: AnyRow): boolean {
  const { provenance } = row as { readonly provenance?: Provenance }
  return provenance?.kind === 'ai' && provenance.confirmedBy === undefined
}

function kindOf(design: Design, table: TableName, id: string): string {
  const element = table === 'elements' ? rowAt(design.elements, id) : undefined
  return element ? `the ${KIND_WORDS[element.kind]}` : ROW_WORDS[table]
}

function decided(ground: Ground, row: Triage): string {
  const name = rowName(ground, 'triage', row.id)
  if (row.decision === 'real') return `judges ${name} real`
  if (row.decision === 'notApplicable')
    return `judges ${name} not applicable${row.reason === undefined ? '' : `: ${quoted(row.reason)}`}`
  return `judges ${name} a duplicate of ${row.duplicateOf === undefined ? 'another' : findingName(ground, row.duplicateOf)}`
}

/** What is said of a new row besides its name. */
const MORE: { readonly [T in TableName]?: (design: Design, id: string) => string } = {
  elements: (design, id) => inside(design, rowAt(design.elements, id)?.boundary),
  boundaries: (design, id) => inside(design, rowAt(design.boundaries, id)?.parent),
  flows: (design, id) => {
    const flow = rowAt(design.flows, id)
    if (!flow) return ''
    const end = (element: string | undefined) => (element === undefined ? 'a loose end' : called(design, element))
    const crossed = interactionsOn(design, flow)[0]?.crossed ?? []
    const across = crossed.length === 0 ? '' : ` across ${listed(crossed.map(boundary => called(design, boundary)))}`
    return ` ${flow.bidirectional === true ? 'between' : 'from'} ${end(flow.source)} ${flow.bidirectional === true ? 'and' : 'to'} ${end(flow.target)}${across}`
  },
  data: (design, id) => {
    const level = rowAt(design.data, id)?.class
    return level === undefined ? ', not classified' : `, classified ${level}`
  },
  threats: (design, id) => {
    const stated = STRIDE.filter(name => rowAt(design.threats, id)?.categories[name])
    return stated.length === 0 ? '' : ` (${stated.map(wordsOf).join(', ')})`
  },
  mitigations: (design, id) => {
    const threats = idsOf(rowAt(design.mitigations, id)?.threats)
    return threats.length === 0 ? '' : ` against ${listed(threats.map(threat => called(design, threat)))}`
  },
}

function inside(design: Design, boundary: string | undefined): string {
  return boundary === undefined ? '' : ` in ${called(design, boundary)}`
}
