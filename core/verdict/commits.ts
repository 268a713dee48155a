import type { CommitsMatcher } from '../../schemas/generated/types.ts'
import { anyPathMatches } from '../evidence/globs.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import { isMarked } from '../provenance/marks.ts'
import type { CommitFact, Scene } from './context.ts'
import { allOf, type Judgement, open, proven, refuted } from './judgement.ts'
import { judgeKeptConfig, judgeKeptTests, judgeSuppressions } from './watchers.ts'

/** The commits of the change: which files they touch, which prompt they name, whether AI help is flagged. */
export function judgeCommits(matcher: CommitsMatcher, scene: Scene): Judgement {
  const { change } = scene.context
  const { withinGlobs, untouchedGlobs, prompt, aiDisclosed } = matcher
  const parts = [
    withinGlobs === undefined ? undefined : within(withinGlobs, change.changed),
    untouchedGlobs === undefined ? undefined : untouched(untouchedGlobs, change.changed),
    prompt === undefined ? undefined : named(prompt, change.commits),
    aiDisclosed === undefined ? undefined : disclosed(aiDisclosed, change.commits),
    matcher.noNewSuppressions === true ? judgeSuppressions(change) : undefined,
    matcher.keepsScannerConfig === true ? judgeKeptConfig(scene) : undefined,
    matcher.keepsTests === true ? judgeKeptTests(scene) : undefined,
  ].filter(part => part !== undefined)
  return parts.length > 0
    ? allOf(parts)
    : known(change.commits, commits => proven(`The change has ${counted(commits.length, 'commit')}.`))
}

function changedFiles(changed: readonly string[] | undefined, judge: (changed: readonly string[]) => Judgement): Judgement {
  if (!changed) return open('missing', 'Nobody knows which files changed: there is no base to compare with.')
  return changed.length === 0 ? open('nothing-examined', 'Nothing changed, so there is nothing to judge.') : judge(changed)
}

function within(globs: readonly string[], all: readonly string[] | undefined): Judgement {
  return changedFiles(all, changed => {
    const outside = changed.filter(path => !anyPathMatches(globs, path))
    if (outside.length === 0) return proven(`All of ${counted(changed.length, 'changed file')} may be changed.`)
    return refuted(`${counted(outside.length, 'changed file')} nobody asked for: ${shownList(outside, 5)}.`)
  })
}

/** Files that must be left alone, also among those that may be edited. */
function untouched(globs: readonly string[], all: readonly string[] | undefined): Judgement {
  return changedFiles(all, changed => {
    const inside = changed.filter(path => anyPathMatches(globs, path))
    if (inside.length === 0) return proven(`None of ${counted(changed.length, 'changed file')} had to be left alone.`)
    return refuted(`${counted(inside.length, 'changed file')} had to be left alone: ${shownList(inside, 5)}.`)
  })
}

function known(commits: readonly CommitFact[] | undefined, judge: (commits: readonly CommitFact[]) => Judgement): Judgement {
  if (!commits) return open('missing', 'The commits of the change are not known.')
  return commits.length === 0 ? open('nothing-examined', 'The change has no commit yet.') : judge(commits)
}

function named(prompt: string, all: readonly CommitFact[] | undefined): Judgement {
  return known(all, commits => {
    const found = commits.find(({ trailers }) =>
      trailers.some(({ name, value }) => name === PROMPT_TRAILER && isPrompt(value, prompt)),
    )
    return found
      ? proven(`Commit ${found.id.slice(0, 9)} names ${shown(prompt)}.`)
      : open('missing', `No commit has the line "Guarded-Prompt: ${shown(prompt)}".`)
  })
}

const PROMPT_TRAILER = 'guarded-prompt'

/** `P-7K3Q2`, alone or followed by its version or digest. */
function isPrompt(value: string, prompt: string): boolean {
  return value === prompt || value.startsWith(`${prompt}@`) || value.startsWith(`${prompt} `)
}

/** A mark proves that help was declared; its absence proves nothing. */
function disclosed(wanted: boolean, all: readonly CommitFact[] | undefined): Judgement {
  return known(all, commits => {
    const marked = commits.find(isMarked)
    if (marked)
      return wanted
        ? proven(`Commit ${marked.id.slice(0, 9)} says that AI helped.`)
        : refuted(`Commit ${marked.id.slice(0, 9)} says that AI helped.`)
    return open('missing', 'No commit says whether AI helped.')
  })
}

/** What it asks, in one sentence. */
export function describeCommits(matcher: CommitsMatcher): string {
  const { aiDisclosed, prompt, withinGlobs, untouchedGlobs } = matcher
  const asks = [
    withinGlobs === undefined ? undefined : `change only files in ${shownList(withinGlobs, 5)}`,
    untouchedGlobs === undefined ? undefined : `leave alone ${shownList(untouchedGlobs, 5)}`,
    prompt === undefined ? undefined : `name the prompt ${shown(prompt)}`,
    aiDisclosed === undefined ? undefined : aiDisclosed ? 'say that AI helped' : 'carry no mark of AI help',
    matcher.noNewSuppressions === true ? 'silence no scanner anew' : undefined,
    matcher.keepsScannerConfig === true ? 'leave the configuration of scanners, test runners and pipelines as it is' : undefined,
    matcher.keepsTests === true ? 'delete, skip and weaken no test' : undefined,
  ].filter(ask => ask !== undefined)
  return `The commits ${asks.length > 0 ? asks.join(' and ') : 'are known'}.`
}
