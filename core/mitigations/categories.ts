import type { Category, PrivacyCategory } from '../model/types.ts'

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
