import { OTHERS } from '../checklists/seed.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { TestCase } from '../evidence/types.ts'
import type { Expression } from '../model/types.ts'
import type { ChangeFacts, Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { deletedTests, isFewer, type TestFile } from './kept-tests.ts'
import type { Narrowing } from './narrowing.ts'
import type { Citation } from './record.ts'
import { judgeSignoff } from './signoff.ts'
import { citation, factsIn } from './source.ts'

type Placed = { readonly path: string; readonly sha256: string; readonly line?: number }

/** New comments, attributes and entries that silence a tool count as findings against the change. */
export function judgeSuppressions(change: ChangeFacts): Judgement {
  return looked(change, ({ suppressions, unread }) => {
    const [first] = suppressions
    if (first)
      return refuted(`${counted(suppressions.length, 'new suppression')}: ${placesOf(suppressions)}.`, {
        evidence: suppressions.map(cite),
      })
    return unread.length > 0 ? notRead(unread) : proven('No added line silences a scanner, a linter or a type checker.')
  })
}

/** A file that steers a scanner, a runner or the pipeline: gone or switched off is a fail, touched is for a second person to say. */
export function judgeKeptConfig(scene: Scene): Judgement {
  return looked(scene.context.change, ({ configs }) => {
    const against = configs.filter(({ how }) => how !== 'touched')
    if (against.length > 0)
      return refuted(
        against
          .map(one =>
            one.how === 'gone'
              ? `What steers the ${one.what} in ${shown(one.path)} is gone.`
              : `${placeOf(one)} switches off what the ${one.what} stops.`,
          )
          .slice(0, MOST_NAMED)
          .join(' '),
        { evidence: against.map(cite) },
      )
    if (configs.length === 0) return proven('No configuration of a scanner, test runner or pipeline is touched.')
    const names = shownList(
      configs.map(({ path }) => path),
      MOST_NAMED,
    )
    return forSecondPerson(`The change touches what judges it: ${names}.`, configs.map(cite), scene)
  })
}

/** Tests deleted, skipped or weakened. Test ids of a report of the base say more than lines, where there is one. */
export function judgeKeptTests(scene: Scene): Judgement {
  return looked(scene.context.change, ({ tests, unread }) => {
    const skipped = tests.flatMap(file => file.skipped)
    if (skipped.length > 0)
      return refuted(`${counted(skipped.length, 'test')} skipped or singled out by the change: ${placesOf(skipped)}.`, {
        evidence: skipped.map(cite),
      })
    const lost = lostIds(scene)
    if (lost) return lost
    const deleted = deletedTests(tests)
    if (deleted.length > 0)
      return refuted(`${counted(deleted.length, 'test file')} deleted: ${namesOf(deleted)}.`, { evidence: deleted.map(cite) })
    const fewer = tests.filter(isFewer)
    if (fewer.length > 0) return forSecondPerson(fewer.slice(0, MOST_NAMED).map(fewerWords).join(' '), fewer.map(cite), scene)
    if (unread.length > 0) return notRead(unread)
    return proven(
      tests.length === 0
        ? 'No test file is touched.'
        : `${counted(tests.length, 'touched test file')} with ${counted(total(tests), 'test')}: none skipped, none fewer than before.`,
    )
  })
}

/** Whether a yes of people may settle what a machine cannot tell about a check. */
export function peopleMaySettle({ all, any, commits }: Expression): boolean {
  return (
    commits?.keepsScannerConfig === true || commits?.keepsTests === true || [...(all ?? []), ...(any ?? [])].some(peopleMaySettle)
  )
}

function looked({ changed, narrowing }: ChangeFacts, judge: (narrowing: Narrowing) => Judgement): Judgement {
  if (!changed || !narrowing) return open('missing', 'Nobody knows which lines changed: there is no base to compare with.')
  return changed.length === 0 ? open('nothing-examined', 'Nothing changed, so there is nothing to judge.') : judge(narrowing)
}

/** What may be right, and may also be how a gate is turned off: somebody who neither made nor asked for the change says. */
function forSecondPerson(sentence: string, evidence: readonly Citation[], scene: Scene): Judgement {
  const answer = judgeSignoff({ role: 'reviewer', count: 1, notBy: [...OTHERS] }, scene)
  if (answer.verdict === 'pass')
    return proven(`${sentence} ${answer.sentence}`, {
      evidence: [...evidence, ...answer.evidence],
      selfReported: answer.selfReported,
    })
  const why =
    answer.reason === 'missing' && answer.evidence.length === 0 ? 'A second person has to look and sign.' : answer.sentence
  return open('cannot-tell', `${sentence} ${why}`, { evidence: [...evidence, ...answer.evidence] })
}

/** Tests that ran in a report of the base and are not in any report of the judged code, slot by slot. */
function lostIds({ evidence, context }: Scene): Judgement | undefined {
  const { base } = context.change
  if (base === undefined) return undefined
  const gone = evidence
    .filter(item => item.commit === base && item.binding.state === 'stale')
    .flatMap(item => {
      const now = evidence.filter(({ slot, binding }) => slot === item.slot && binding.state === 'bound')
      const ids = new Set(now.flatMap(one => (factsIn(one, 'tests')?.cases ?? []).filter(ran).map(({ id }) => id)))
      if (ids.size === 0) return []
      return (factsIn(item, 'tests')?.cases ?? []).filter(test => ran(test) && !ids.has(test.id)).map(test => ({ item, test }))
    })
  if (gone.length === 0) return undefined
  const names = shownList(gone.map(({ test }) => `"${test.id}"`))
  return refuted(
    `${counted(gone.length, 'test')} that ran before the change ${gone.length === 1 ? 'does' : 'do'} not run any more: ${names}.`,
    {
      evidence: gone.map(({ item, test }) => citation(item, test.pointer)),
    },
  )
}

function ran({ status }: TestCase): boolean {
  return status !== 'skipped'
}

function fewerWords({ path, before, after }: TestFile): string {
  if (!after) return `${shown(path)} is deleted.`
  const [was, is] = [before ?? { tests: 0, assertions: 0 }, after]
  return is.tests < was.tests
    ? `${shown(path)} declares ${counted(is.tests, 'test')} instead of ${was.tests}.`
    : `${shown(path)} asserts ${counted(is.assertions, 'time')} instead of ${was.assertions}.`
}

function total(files: readonly TestFile[]): number {
  return files.reduce((sum, file) => sum + (file.after?.tests ?? 0), 0)
}

function notRead(unread: readonly string[]): Judgement {
  return open('limit-hit', `${counted(unread.length, 'changed file')} cannot be read as text: ${shownList(unread)}.`)
}

const MOST_NAMED = 5

function placesOf(places: readonly (Placed & { readonly what: string })[]): string {
  return shownList(
    places.map(place => `${placeOf(place)} (${shown(place.what, 80)})`),
    MOST_NAMED,
  )
}

function namesOf(files: readonly Placed[]): string {
  return shownList(
    files.map(({ path }) => path),
    MOST_NAMED,
  )
}

function placeOf({ path, line }: Placed): string {
  return line === undefined ? shown(path) : `${shown(path)}:${line}`
}

function cite({ path, line, sha256 }: Placed): Citation {
  return { digest: sha256, pointer: line === undefined ? path : `${path}:${line}` }
}
