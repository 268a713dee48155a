import type { Category, PrivacyCategory, Threat } from '../model/types.ts'

/** STRIDE and privacy categories in one: no name is in both. */
export type AnyCategory = Category | PrivacyCategory

/** STRIDE in its order. */
export const STRIDE: readonly Category[] = [
  'spoofing',
  'tampering',
  'repudiation',
  'informationDisclosure',
  'denialOfService',
  'elevationOfPrivilege',
]

/** Privacy threat types in the order of LINDDUN. */
export const LINDDUN: readonly PrivacyCategory[] = [
  'linking',
  'identifying',
  'nonRepudiation',
  'detecting',
  'dataDisclosure',
  'unawareness',
  'nonCompliance',
]

/** The categories of a threat in STRIDE order, as words: informationDisclosure reads Information disclosure. */
export function strideOf(threat: Pick<Threat, 'categories'>): string {
  return STRIDE.filter(name => threat.categories[name])
    .map(name => wordsOf(name))
    .join(', ')
}

/** A camel-case value as words. */
export function wordsOf(value: string): string {
  const words = value.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
