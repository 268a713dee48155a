import { shown } from '../evidence/show.ts'
import { canonicalJson } from '../model/canonical.ts'
import { labelOf, tableOf } from '../model/lookup.ts'
import { hasRow } from '../model/table.ts'
import type { AttributeName, Design, TableName } from '../model/types.ts'

/** Texts of the design in a sentence: one line, hidden characters made visible, cut. */
const NAME = 80
const STATEMENT = 140

/** A name as it may stand in a sentence. */
export function nameWords(name: string): string {
  return shown(name.replace(/\s+/g, ' ').trim(), NAME)
}

/** A statement in quotes. */
export function quoted(statement: string): string {
  return `"${shown(statement.replace(/\s+/g, ' ').trim(), STATEMENT)}"`
}

/** What an object is called in a sentence: things by name, statements in quotes, what is not there by its id. */
export function called(design: Design, id: string): string {
  const table = tableOf(id)
  if (table === undefined || !hasRow(design[table] as Design['elements'], id)) return nameWords(id)
  const label = labelOf(design, id)
  return NAMED.has(table) ? nameWords(label) : quoted(label)
}

const NAMED: ReadonlySet<TableName> = new Set(['elements', 'flows', 'boundaries', 'data', 'workItems'])

/** A stored value as a person reads it in a sentence; text is cut, and what has parts is written as JSON. */
export function valueWords(value: unknown): string {
  if (typeof value === 'string') return /^[\w.:/@+-]{1,40}$/.test(value) ? value : quoted(value)
  if (value === true || value === false || typeof value === 'number') return String(value)
  return shown(jsonOf(value), STATEMENT)
}

/** The value of a field before or after; nothing stands for not stated. */
export type FieldValue = string | number | boolean

/** A stored value for the list of fields: long text is cut, and what has parts is written as JSON. */
export function fieldValue(value: unknown): FieldValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return shown(typeof value === 'string' ? value : jsonOf(value), 400)
}

function jsonOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value)
}

/** What a person calls a row of each table, with its article. */
export const ROW_WORDS: Readonly<Record<TableName, string>> = {
  settings: 'the settings',
  policy: 'the policy',
  requirements: 'the requirement',
  assumptions: 'the assumption',
  elements: 'the element',
  flows: 'the data flow',
  boundaries: 'the trust boundary',
  data: 'the data asset',
  triage: 'the decision',
  threats: 'the threat',
  mitigations: 'the mitigation',
  acceptances: 'the acceptance',
  exclusions: 'the decision',
  workItems: 'the work item',
  diagrams: 'the diagram',
  layout: 'the place',
  comments: 'the comment',
  suggestions: 'the suggestion',
}

/** Fields whose stored name is no word of ours. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  impactScale: 'impact',
  trustLevel: 'trust level',
  codeClasses: 'classes of code',
  outOfScope: 'reason to be out of scope',
  owasp: 'OWASP factors',
  cvss: 'CVSS vector',
  cwe: 'weaknesses',
  doneWhen: 'end',
  verification: 'way of being shown',
  duplicateOf: 'finding it repeats',
  mayEdit: 'files it may edit',
  mayRead: 'files it may read',
  mustNotTouch: 'files it must leave alone',
  promptEdits: 'prompt edited by hand',
  designId: 'id',
  mostEvidenceDays: 'age of evidence that counts',
  mostWaiverDays: 'longest waiver',
  waiverApprovers: 'approvers of waivers',
  selfReported: 'trust in unsigned evidence',
  agentDrafts: 'permission for drafts',
  insideWords: 'words that stay inside',
  ticketKeys: 'ticket keys',
  publicNetwork: 'public network',
  by: 'name of who decided',
  at: 'time of the decision',
}

/** A field as a person calls it. */
export function fieldWords(field: string): string {
  return FIELD_WORDS[field] ?? field.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}

/** What a stated attribute says of an element: if yes, and if no. */
export const ATTRIBUTES: Readonly<Record<AttributeName, readonly [string, string]>> = {
  authenticates: ['authenticates its callers', 'does not authenticate its callers'],
  authorises: ['authorises what callers do', 'does not authorise what callers do'],
  validatesInput: ['validates its input', 'does not validate its input'],
  encodesOutput: ['encodes its output', 'does not encode its output'],
  encryptsAtRest: ['encrypts what it stores', 'does not encrypt what it stores'],
  logsAudit: ['keeps an audit log', 'keeps no audit log'],
  limitsRate: ['limits how often it is called', 'does not limit how often it is called'],
  isolatesTenants: ['keeps tenants apart', 'does not keep tenants apart'],
  sandboxesCode: ['runs code in a sandbox', 'runs code without a sandbox'],
  requiresApproval: ['asks for approval', 'asks for no approval'],
  pinsDependencies: ['pins its dependencies', 'does not pin its dependencies'],
  verifiesArtifacts: ['verifies artefacts', 'does not verify artefacts'],
  rotatesSecrets: ['rotates its secrets', 'does not rotate its secrets'],
  limitsRetention: ['limits how long it keeps data', 'does not limit how long it keeps data'],
  recordsConsent: ['records consent', 'does not record consent'],
  exposedToInternet: ['is exposed to the internet', 'is not exposed to the internet'],
  isPubliclyReadable: ['is readable by anybody', 'is not readable by anybody'],
  isClient: ['is a client in the hands of others', 'is no client in the hands of others'],
  servesBrowser: ['serves browsers', 'serves no browsers'],
  acceptsWebhooks: ['accepts webhooks', 'accepts no webhooks'],
  runsAsPrivileged: ['runs with high privileges', 'runs without high privileges'],
  isMultiTenant: ['is shared by several tenants', 'is not shared by several tenants'],
  parsesUntrusted: ['parses untrusted input', 'parses no untrusted input'],
  handlesFiles: ['handles files of others', 'handles no files of others'],
  makesOutboundRequests: ['makes requests to addresses it is given', 'makes no requests to addresses it is given'],
  executesCommands: ['executes commands', 'executes no commands'],
  runsUntrustedCode: ['runs untrusted code', 'runs no untrusted code'],
  managesSessions: ['manages sessions', 'manages no sessions'],
  storesCredentials: ['stores credentials', 'stores no credentials'],
  isLog: ['is a log', 'is no log'],
  holdsBackups: ['holds backups', 'holds no backups'],
  isAiModel: ['is an AI model', 'is no AI model'],
  isAiAgent: ['is an AI agent', 'is no AI agent'],
  usesTools: ['uses tools', 'uses no tools'],
  retrievesContent: ['retrieves content', 'retrieves no content'],
  keepsMemory: ['keeps a memory', 'keeps no memory'],
  trainsModel: ['trains a model', 'trains no model'],
}

/** A yes, no or unknown in words: what is so, what is not, what is open. */
export function ternaryClause(value: unknown, [yes, no]: readonly [string, string]): string {
  if (value === 'yes') return yes.startsWith('is ') ? `makes {it} ${yes.slice(3)}` : `states that {it} ${yes}`
  return value === 'no' ? `states that {it} ${no}` : `leaves open whether {it} ${yes}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
