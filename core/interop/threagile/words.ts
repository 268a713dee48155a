import type { Boundary, Category, DataAsset, DataClass, Element, Ternary } from '../../model/types.ts'
import type { DrawnDecision } from '../reading/drawing.ts'
import { lineOf } from '../reading/json-fields.ts'

/** The meaning of a word of the format, in any case and with either of its spellings (`enduser`, `end-user`). */
export function meaningOf<Meaning>(table: Readonly<Record<string, Meaning>>, value: unknown): Meaning | undefined {
  const word = wordOf(value)
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}

/** A word of the format as 1.0 spells it. */
export function wordOf(value: unknown): string | undefined {
  return lineOf(value, 100)
    ?.toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/\benduser\b/, 'end-user')
}

export const KINDS: Readonly<Record<string, Element['kind']>> = {
  'external-entity': 'externalEntity',
  process: 'process',
  datastore: 'dataStore',
}

/** Five words and five classes, in their order. */
export const CLASSES: Readonly<Record<string, DataClass>> = {
  public: 'D0',
  internal: 'D1',
  restricted: 'D2',
  confidential: 'D3',
  'strictly-confidential': 'D4',
}

type Level = NonNullable<DataAsset['integrity']>

/** How bad a leak would be. */
export const SECRECY: Readonly<Record<string, Level>> = {
  public: 'low',
  internal: 'low',
  restricted: 'medium',
  confidential: 'high',
  'strictly-confidential': 'high',
}

/** How bad it would be if it were changed or could not be reached. */
export const NEED: Readonly<Record<string, Level>> = {
  archive: 'low',
  operational: 'low',
  important: 'medium',
  critical: 'high',
  'mission-critical': 'high',
}

/** Encryption of what an asset stores. */
export const AT_REST: Readonly<Record<string, Ternary>> = {
  none: 'no',
  transparent: 'yes',
  'data-with-symmetric-shared-key': 'yes',
  'data-with-asymmetric-shared-key': 'yes',
  'data-with-end-user-individual-key': 'yes',
}

/** `externalized` says that somebody else proves it, not that it is proven. */
export const AUTHENTICATION: Readonly<Record<string, Ternary>> = {
  none: 'no',
  credentials: 'yes',
  'session-id': 'yes',
  token: 'yes',
  'client-certificate': 'yes',
  'two-factor': 'yes',
}

/** Only where the format has both, one word with encryption and one without, does the other mean that there is none. */
const PLAIN =
  'http ws reverse-proxy-web-protocol jdbc odbc sql-access-protocol nosql-access-protocol binary text smtp pop3 imap ftp ldap smb iiop jrmp'
const ENCRYPTED = 'https wss ssh ssh-tunnel ftps sftp scp ldaps'

/** Encryption that a protocol has or lacks by its name. */
export const IN_TRANSIT: Readonly<Record<string, Ternary>> = Object.fromEntries([
  ...PLAIN.split(' ').flatMap(
    word =>
      [
        [word, 'no'],
        [`${word}-encrypted`, 'yes'],
      ] as const,
  ),
  ...ENCRYPTED.split(' ').map(word => [word, 'yes'] as const),
])

export const BOUNDARIES: Readonly<Record<string, Boundary['kind']>> = {
  'network-on-prem': 'network',
  'network-dedicated-hoster': 'network',
  'network-virtual-lan': 'network',
  'network-cloud-provider': 'network',
  'network-cloud-security-group': 'network',
  'network-policy-namespace-isolation': 'network',
}

export const CATEGORIES: Readonly<Record<string, Category>> = {
  spoofing: 'spoofing',
  tampering: 'tampering',
  repudiation: 'repudiation',
  'information-disclosure': 'informationDisclosure',
  'denial-of-service': 'denialOfService',
  'elevation-of-privilege': 'elevationOfPrivilege',
}

/** The four steps of the format are the upper four of ours: it has no word for what is hardly possible. */
export const LIKELIHOOD: Readonly<Record<string, number>> = { unlikely: 2, likely: 3, 'very-likely': 4, frequent: 5 }
export const IMPACT: Readonly<Record<string, number>> = { low: 2, medium: 3, high: 4, 'very-high': 5 }

/** What was decided about a risk; who discusses has not decided. */
export const DECISIONS: Readonly<Record<string, DrawnDecision>> = {
  unchecked: 'open',
  'in-discussion': 'open',
  'in-progress': 'open',
  accepted: 'accept',
  mitigated: 'mitigated',
  'false-positive': 'notApplicable',
}
