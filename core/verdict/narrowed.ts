import { deletedTests, isFewer, type TestFile } from './kept-tests.ts'
import type { Narrowing } from './narrowing.ts'

/** A place of the change that takes something from those who watch over it, to be looked at by a person. */
export type NarrowedPlace = {
  readonly kind: 'suppression' | 'skipped' | 'deleted' | 'fewerTests' | 'fewerAssertions' | 'off' | 'gone' | 'touched' | 'unread'
  readonly path: string
  readonly line?: number
  /** The words that silence or skip; what a configuration steers. */
  readonly what?: string
  /** Tests or assertions before and now. */
  readonly was?: number
  readonly is?: number
}

/** Every such place, what a machine refutes before what it leaves to a second person; each group in the order of the files. */
export function narrowedPlaces({ suppressions, configs, tests, unread }: Narrowing): readonly NarrowedPlace[] {
  const deleted = deletedTests(tests)
  return [
    ...suppressions.map(({ path, line, what }) => ({ kind: 'suppression' as const, path, line, what })),
    ...tests.flatMap(file => file.skipped).map(({ path, line, what }) => ({ kind: 'skipped' as const, path, line, what })),
    ...deleted.map(({ path }) => ({ kind: 'deleted' as const, path })),
    ...configs.filter(({ how }) => how !== 'touched').map(touch),
    ...tests.filter(file => file.after && isFewer(file)).map(fewer),
    ...configs.filter(({ how }) => how === 'touched').map(touch),
    ...unread.map(path => ({ kind: 'unread' as const, path })),
  ]
}

function touch({ path, what, how, line }: Narrowing['configs'][number]): NarrowedPlace {
  return { kind: how, path, what, ...(line === undefined ? {} : { line }) }
}

function fewer({ path, before, after }: TestFile): NarrowedPlace {
  const [was, is] = [before ?? NONE, after ?? NONE]
  return is.tests < was.tests
    ? { kind: 'fewerTests', path, was: was.tests, is: is.tests }
    : { kind: 'fewerAssertions', path, was: was.assertions, is: is.assertions }
}

const NONE = { tests: 0, assertions: 0 }
