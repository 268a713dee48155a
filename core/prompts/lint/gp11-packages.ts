import { idsOf } from '../../support/order.ts'
import { error, type LintRule } from './input.ts'

/** A package without a version is whatever somebody publishes next. */
export const gp11Packages: LintRule = ({ slice }) =>
  idsOf(slice.workItem.packages)
    .filter(purl => !/@[^/@?#]+(?:[?#].*)?$/.test(purl))
    .map(purl =>
      error(slice.workItem.id, {
        code: 'GP11',
        message: `${purl} is not pinned.`,
        cure: 'Add the exact version: pkg:npm/name@1.2.3.',
      }),
    )
