import { labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Category, Design, Threat } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import type { Finding } from './finding.ts'

/** The parts of a threat as one sentence, after the grammar of Threat Composer; assets are ids of elements, flows and data. */
export type SentenceParts = {
  readonly source: string
  readonly prerequisite: string
  readonly action: string
  readonly impact: string
  readonly assets: readonly string[]
}

export const NO_PARTS: SentenceParts = { source: '', prerequisite: '', action: '', impact: '', assets: [] }

/** "A rogue partner with a stolen key can change orders, which leads to wrong bookings on Ledger." Parts nobody filled are left out. */
export function sentenceOf(design: Design, parts: SentenceParts): string {
  const [source, prerequisite, action, impact] = [parts.source, parts.prerequisite, parts.action, parts.impact].map(trimmed)
  if (!source && !action) return ''
  const assets = listed(parts.assets.map(id => labelOf(design, id)))
  const head = [withArticle(source || 'person'), ...(prerequisite ? [`with ${prerequisite}`] : [])].join(' ')
  const deed = `can ${action || 'do harm'}`
  const end = impact ? `, which leads to ${impact}${assets ? ` on ${assets}` : ''}` : assets ? ` against ${assets}` : ''
  return `${head} ${deed}${end}.`
}

function trimmed(text: string): string {
  return text.trim().replace(/[.,;]+$/, '')
}

/** The source as the beginning of a sentence; who wrote an article keeps it. */
function withArticle(source: string): string {
  if (/^(?:an?|the|any|some|every|one|two|somebody|someone|anyone|anybody)\b/i.test(source))
    return source.replace(/^./u, letter => letter.toUpperCase())
  return `${/^[aeiou]/i.test(source) ? 'An' : 'A'} ${source}`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** What the model offers for each part; the sentence may say anything else. */
export type SentenceOffers = { readonly [P in keyof SentenceParts]: readonly string[] }

/** What a sentence is about: a finding, or an element or flow and a category. */
export type SentenceAbout = {
  readonly finding?: Finding | undefined
  readonly subject?: string | undefined
  readonly category?: Category | undefined
}

const MOST = 6

/** Names and deeds that fit what the sentence is about: who reaches it, through what, doing what, to what end. */
export function sentenceOffers(design: Design, about: SentenceAbout): SentenceOffers {
  const subject = about.finding?.subject ?? about.subject
  const category = about.finding?.categories[0] ?? about.category
  const on = about.finding?.on
  const flows = rowsOf(design.flows).filter(flow =>
    on?.kind === 'interaction'
      ? flow.id === on.flow
      : subject !== undefined && [flow.id, flow.source, flow.target].includes(subject),
  )
  const ends = flows.flatMap(flow => [flow.source, flow.target]).flatMap(id => (id && id !== subject ? [id] : []))
  const outside = rowsOf(design.elements).filter(element => element.kind === 'externalEntity' && element.outOfScope === undefined)
  const reaching = unique([...ends, ...(ends.length === 0 ? outside.map(({ id }) => id) : [])])
  const data = unique([
    ...flows.flatMap(flow => idsOf(flow.data)),
    ...idsOf(subject === undefined ? undefined : design.elements[subject]?.data),
  ])
  const name = (id: string) => labelOf(design, id)
  const what = data[0] === undefined ? 'what is carried' : name(data[0])
  const target = subject === undefined ? 'the system' : name(subject)
  const within = unique([subject, ...ends].flatMap(id => (id === undefined ? [] : (design.elements[id]?.boundary ?? []))))
  return {
    source: unique([...reaching.map(name), 'attacker on the network', 'insider', 'stolen account']).slice(0, MOST),
    prerequisite: unique([
      ...flows.map(flow => `access to ${flow.name}`),
      ...within.map(id => `a foothold in ${name(id)}`),
      'stolen credentials',
    ]).slice(0, MOST),
    action: category ? ACTIONS[category].map(text => text.replace('{target}', target).replace('{data}', what)) : [],
    impact: category ? IMPACTS[category] : [],
    assets: unique([...(subject === undefined ? [] : [subject]), ...data, ...flows.map(({ id }) => id)]).slice(0, MOST),
  }
}

const ACTIONS: Readonly<Record<Category, readonly string[]>> = {
  spoofing: ['pretend to be somebody else towards {target}', 'replay an earlier message to {target}'],
  tampering: ['change {data} on the way', 'change {data} where it is kept'],
  repudiation: ['deny what was done at {target}'],
  informationDisclosure: ['read {data}', 'infer {data} from what {target} answers'],
  denialOfService: ['keep {target} from answering', 'use up what {target} needs'],
  elevationOfPrivilege: ['make {target} do what only others may ask of it'],
}

const IMPACTS: Readonly<Record<Category, readonly string[]>> = {
  spoofing: ['deeds in the name of another person', 'loss of authenticity'],
  tampering: ['wrong data', 'loss of integrity'],
  repudiation: ['no proof of who did what'],
  informationDisclosure: ['disclosure', 'loss of confidentiality'],
  denialOfService: ['standstill', 'loss of availability'],
  elevationOfPrivilege: ['control by people without the right to it'],
}

/** What the sentence of a threat consists of so far. */
export function partsOf(threat: Threat): SentenceParts {
  const { source = '', prerequisite = '', action = '', impact = '' } = threat
  return {
    source,
    prerequisite,
    action,
    impact,
    assets: [...idsOf(threat.elements), ...idsOf(threat.flows), ...idsOf(threat.data)],
  }
}

/** The fields of a threat that hold the sentence: empty parts take a field away, assets become links. */
export function sentenceFields(parts: SentenceParts) {
  const links = (prefix: string) => {
    const ids = parts.assets.filter(id => id.startsWith(prefix))
    return ids.length > 0 ? Object.fromEntries(ids.map(id => [id, true as const])) : undefined
  }
  return {
    source: parts.source.trim() || undefined,
    prerequisite: parts.prerequisite.trim() || undefined,
    action: parts.action.trim() || undefined,
    impact: parts.impact.trim() || undefined,
    elements: links('E-'),
    flows: links('F-'),
    data: links('D-'),
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
