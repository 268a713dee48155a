import type { AttributeName, Condition, Rule } from '../model/types.ts'
import { CONDITION_KEYS, ELEMENT_KEYS, FLOW_KEYS, type Side } from './condition.ts'
import { SLOT_NAMES, unknownSlot } from './text.ts'

/** Why a rule cannot work, in one sentence each; packs come from outside, so nothing about their shape is taken as given. */
export function faultsOf(rule: Rule): readonly string[] {
  const shape = shapeFaults(rule as Unchecked)
  if (shape.length > 0) return shape
  return [
    ...bindingFaults(rule),
    ...textFaults(rule),
    ...conditionsOf(rule).flatMap(condition => conditionFaults(rule, condition)),
  ]
}

/** The side a condition reads when it does not say. */
export function sideOf(rule: Rule, condition: Condition): Side | undefined {
  return condition.of ?? (rule.subject === 'flow' ? undefined : rule.subject)
}

type Unchecked = { readonly [key: string]: unknown }

const LISTS = ['categories', 'cwe', 'controls']
const PRIVACY = ['linking', 'identifying', 'nonRepudiation', 'detecting', 'dataDisclosure', 'unawareness', 'nonCompliance']
const TEXTS = ['title', 'description', 'question'] as const
const OPTIONAL_LISTS = ['when', 'unless', 'source', 'target', 'element']

function shapeFaults(rule: Unchecked): readonly string[] {
  return [
    ...LISTS.filter(key => !isList(rule[key])).map(key => `It has no list of ${key}.`),
    ...(isNothing(rule.categories) && isNothing(rule.privacy) ? ['It names no categories.'] : []),
    ...(rule.privacy === undefined || (isList(rule.privacy) && rule.privacy.every(entry => PRIVACY.includes(entry as string)))
      ? []
      : ['Its "privacy" lists something that is no privacy category.']),
    ...OPTIONAL_LISTS.filter(key => rule[key] !== undefined && !isList(rule[key])).map(key => `Its "${key}" is not a list.`),
    ...TEXTS.filter(key => typeof rule[key] !== 'string').map(key => `It has no ${key}.`),
    ...['likelihood', 'impact'].filter(key => !isScale(rule[key])).map(key => `Its ${key} is not a whole number from 1 to 5.`),
    ...oneOf(rule, 'on', ['interaction', 'element']),
    ...oneOf(rule, 'crossing', ['only', 'any']),
    ...oneOf(rule, 'subject', ['source', 'target', 'flow', 'element']),
  ]
}

function oneOf(rule: Unchecked, key: string, allowed: readonly string[]): readonly string[] {
  return allowed.includes(rule[key] as string) ? [] : [`Its "${key}" is not one of ${allowed.join(', ')}.`]
}

function bindingFaults(rule: Rule): readonly string[] {
  if ((rule.on === 'element') !== (rule.subject === 'element'))
    return [`A rule on an ${rule.on} cannot threaten the ${rule.subject}.`]
  if (rule.on === 'element') return rule.source || rule.target ? ['A rule on an element has no source and no target.'] : []
  if (rule.element) return ['A rule on an interaction has a source and a target, no element.']
  const noProcess = (kinds: Rule['source']) => kinds !== undefined && !kinds.includes('process')
  return noProcess(rule.source) && noProcess(rule.target)
    ? ['It can never match: neither end may be a process, and data does not move itself.']
    : []
}

function textFaults(rule: Rule): readonly string[] {
  return TEXTS.flatMap(key => {
    const unknown = unknownSlot(rule[key])
    return unknown === undefined ? [] : [`Its ${key} has the slot ${unknown}; there are {${SLOT_NAMES.join('}, {')}}.`]
  })
}

function conditionsOf(rule: Rule): readonly Condition[] {
  return [...(rule.when ?? []), ...(rule.unless ?? []).map(suppression => suppression.condition)]
}

/** An inner condition that does not say of which end is read of the end that the condition around it names. */
function conditionFaults(rule: Rule, condition: Condition, around?: Side): readonly string[] {
  if (typeof condition !== 'object' || condition === null || isList(condition)) return ['A condition is not an object.']
  const keys = Object.keys(condition).filter(key => key !== 'of')
  const inner = [...(isList(condition.any) ? condition.any : []), ...(condition.not === undefined ? [] : [condition.not])]
  if (keys.length === 0) return ['A condition asks for nothing.']
  const unknown = keys.filter(key => !(CONDITION_KEYS as readonly string[]).includes(key))
  if (unknown.length > 0) return unknown.map(key => `There is no matcher "${key}".`)
  return [
    ...sideFaults(rule, condition.of ?? around ?? sideOf(rule, condition), keys),
    ...keys.flatMap(key => valueFaults(key, (condition as Unchecked)[key])),
    ...inner.flatMap(part => conditionFaults(rule, part, condition.of ?? around)),
  ]
}

function sideFaults(rule: Rule, side: Side | undefined, keys: readonly string[]): readonly string[] {
  const reads = keys.filter(key => ELEMENT_KEYS.includes(key))
  const sides: readonly unknown[] = rule.on === 'element' ? ['element'] : ['source', 'target']
  const isOfFlow = rule.on === 'interaction' && side === 'flow' && reads.every(key => key === 'property')
  return [
    ...(reads.length > 0 && !sides.includes(side) && !isOfFlow
      ? [`Its "${reads[0]}" must say of which end ("of": ${sides.join(' or ')}).`]
      : []),
    ...(rule.on === 'element' ? keys.filter(key => FLOW_KEYS.includes(key)).map(key => `An element has no ${key}.`) : []),
  ]
}

const TERNARY = ['yes', 'no', 'unknown']
const ALLOWED: { readonly [key: string]: readonly string[] } = {
  encryption: TERNARY,
  authentication: TERNARY,
  publicNetwork: TERNARY,
  personalData: TERNARY,
  boundaryKind: ['network', 'process', 'machine', 'organisation', 'privilege', 'unknown'],
}

function valueFaults(key: string, value: unknown): readonly string[] {
  if (key === 'dataClassAtLeast')
    return ['D0', 'D1', 'D2', 'D3', 'D4'].includes(value as string) ? [] : [`${JSON.stringify(value)} is no data class.`]
  if (key === 'attribute') return attributeFaults(value)
  if (key === 'property') return propertyFaults(value)
  if (key === 'not') return []
  if (key === 'any') return isList(value) && value.length > 0 ? [] : ['Its "any" lists no conditions.']
  if (!isList(value) || value.length === 0 || !value.every(entry => typeof entry === 'string' && entry !== ''))
    return [`Its "${key}" lists no texts.`]
  const allowed = ALLOWED[key]
  const wrong = allowed ? value.filter(entry => !allowed.includes(entry as string)) : []
  return wrong.map(entry => `"${entry}" is no value of "${key}".`)
}

function attributeFaults(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return ['Its "attribute" names none.']
  return Object.entries(value).flatMap(([name, wanted]) => {
    if (!Object.hasOwn(ATTRIBUTES, name)) return [`There is no attribute "${name}".`]
    const isTernaryList = isList(wanted) && wanted.length > 0 && wanted.every(entry => TERNARY.includes(entry as string))
    return isTernaryList ? [] : [`Attribute "${name}" compares with yes, no or unknown.`]
  })
}

function propertyFaults(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return ['Its "property" names none.']
  return Object.entries(value).flatMap(([name, wanted]) =>
    isList(wanted) && wanted.length > 0 && wanted.every(entry => typeof entry === 'string')
      ? []
      : [`Property "${name}" lists no texts.`],
  )
}

/** The type makes the compiler keep this list complete. */
const ATTRIBUTES: { readonly [name in AttributeName]: true } = {
  authenticates: true,
  authorises: true,
  validatesInput: true,
  encodesOutput: true,
  encryptsAtRest: true,
  logsAudit: true,
  limitsRate: true,
  isolatesTenants: true,
  sandboxesCode: true,
  requiresApproval: true,
  pinsDependencies: true,
  verifiesArtifacts: true,
  rotatesSecrets: true,
  limitsRetention: true,
  recordsConsent: true,
  exposedToInternet: true,
  isPubliclyReadable: true,
  isClient: true,
  servesBrowser: true,
  acceptsWebhooks: true,
  runsAsPrivileged: true,
  isMultiTenant: true,
  parsesUntrusted: true,
  handlesFiles: true,
  makesOutboundRequests: true,
  executesCommands: true,
  runsUntrustedCode: true,
  managesSessions: true,
  storesCredentials: true,
  isLog: true,
  holdsBackups: true,
  isAiModel: true,
  isAiAgent: true,
  usesTools: true,
  retrievesContent: true,
  keepsMemory: true,
  trainsModel: true,
}

function isNothing(value: unknown): boolean {
  return !isList(value) || value.length === 0
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isScale(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 5
}
