import type { AttributeName } from '../../model/types.ts'
import { type DrawnFacts, type DrawnKind, NO_REASON } from '../reading/drawing.ts'
import type { Foreign, Place } from '../reading/foreign.ts'
import { foreignOf } from '../reading/foreign.ts'
import { defined, fitting, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { ourKeys } from './ours.ts'

/** What a ticked box means to us, where the meaning is exactly the same: a fact that is nearly right hides findings. */
const MEANING: { readonly [kind in DrawnKind]?: Readonly<Record<string, (facts: Writable) => void>> } = {
  process: {
    handlesCardPayment: facts => {
      facts.codeClasses = { ...facts.codeClasses, payment: true }
    },
  },
  dataStore: {
    isALog: attribute('isLog'),
    isEncrypted: attribute('encryptsAtRest'),
    storesCredentials: attribute('storesCredentials'),
  },
  flow: {
    isEncrypted: facts => {
      facts.encryption = 'yes'
    },
    isPublicNetwork: facts => {
      facts.publicNetwork = 'yes'
    },
    isBidirectional: facts => {
      facts.bidirectional = true
    },
  },
}

/**
 * Boxes that Threat Dragon 2 writes as false when nobody ticked them. It cannot tell "no" from "nobody looked",
 * so false is unknown here, never "no".
 */
const FLAGS: ReadonlySet<string> = new Set([
  'handlesCardPayment',
  'handlesGoodsOrServices',
  'isALog',
  'isBidirectional',
  'isEncrypted',
  'isPublicNetwork',
  'isSigned',
  'isWebApplication',
  'providesAuthentication',
  'storesCredentials',
  'storesInventory',
])

/** Texts and lists that it writes empty. */
const EMPTY: ReadonlySet<string> = new Set([
  'privilegeLevel',
  'protocol',
  'containedElements',
  'crossingFlows',
  'trustBoundaryIds',
])

/** Read elsewhere, or computed by Threat Dragon itself. */
const KNOWN: readonly string[] = ['type', 'hasOpenThreats', 'threatFrequency', 'isTrustBoundary']

/** What was understood of a thing, and what was not. */
export type ReadFacts = { readonly facts: DrawnFacts; readonly foreign: Foreign | undefined }

/** The properties of a drawn thing; `skip` names keys of the same object that are about the drawing. */
export function factsOf(kind: DrawnKind, raw: Raw, place: Place, skip: ReadonlySet<string> = new Set()): ReadFacts {
  const facts: Writable = defined({
    description: textOf(raw.description),
    outOfScope: scopeOf(kind, raw),
    protocol: kind === 'flow' ? lineOf(raw.protocol, 400) : undefined,
  })
  const used = new Set([...KNOWN, ...ourKeys(raw), ...skip, ...fitting(raw, { name: 400, description: 100_000 })])
  if (Array.isArray(raw.threats)) used.add('threats')
  if (facts.outOfScope !== undefined || raw.outOfScope === false) used.add('outOfScope')
  if (facts.outOfScope !== undefined || isEmpty(raw.reasonOutOfScope))
    for (const key of fitting(raw, { reasonOutOfScope: 4000 })) used.add(key)
  if (kind === 'flow') for (const key of fitting(raw, { protocol: 400 })) used.add(key)
  for (const key of EMPTY) if (isEmpty(raw[key])) used.add(key)
  for (const key of FLAGS) if (readFlag(facts, { kind, key, value: raw[key] }, place)) used.add(key)
  return { facts, foreign: foreignOf(raw, used, place) }
}

/** True when nothing of the flag is left to keep. */
function readFlag(facts: Writable, flag: { kind: DrawnKind; key: string; value: unknown }, place: Place): boolean {
  const { kind, key, value } = flag
  if (value === undefined || value === null) return true
  if (value === false) {
    tally(place.report, place.at, {
      what: count => many(count, 'unticked property'),
      why: 'Threat Dragon writes the same whether the answer is no or nobody looked: they are unknown here, not "no".',
    })
    return true
  }
  const means = MEANING[kind]?.[key]
  if (value === true && means) {
    means(facts)
    return true
  }
  tally(place.report, place.at, {
    what: count => `${key} of ${many(count, 'thing')}`,
    why: 'No attribute here means exactly this; kept under foreign.',
  })
  return false
}

/** The reason a thing is out of scope; only elements and flows can be. */
function scopeOf(kind: DrawnKind, raw: Raw): string | undefined {
  if (raw.outOfScope !== true || kind === 'box' || kind === 'line' || kind === 'other') return undefined
  return textOf(raw.reasonOutOfScope, 4000) ?? NO_REASON
}

function attribute(name: AttributeName): (facts: Writable) => void {
  return facts => {
    facts.attributes = { ...facts.attributes, [name]: 'yes' }
  }
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

type Writable = { -readonly [K in keyof DrawnFacts]: DrawnFacts[K] }
