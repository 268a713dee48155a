import type {
  CommitsMatcher,
  EvidenceSource,
  Expression,
  FileMatcher,
  FindingsMatcher,
  SignoffMatcher,
  TestsMatcher,
} from '../../schemas/generated/types.ts'
import { counted, shown, shownList } from '../evidence/show.ts'

/** What a predicate asks, in one English sentence; the same for the checklist, the record and the window. */
export function describeExpression(expression: Expression): string {
  const { all, any, tests, findings, file, commits, signoff } = expression
  if (all) return listed(all, 'All of')
  if (any) return listed(any, 'At least one of')
  if (tests) return describeTests(tests)
  if (findings) return describeFindings(findings)
  if (file) return describeFile(file)
  if (commits) return describeCommits(commits)
  if (signoff) return describeSignoff(signoff)
  return 'Nothing is asked.'
}

function listed(parts: readonly Expression[], word: string): string {
  const [only] = parts
  if (only && parts.length === 1) return describeExpression(only)
  return `${word}: ${parts.map((part, index) => `(${index + 1}) ${describeExpression(part)}`).join(' ')}`
}

function describeTests({ from, match, min, allowFlaky }: TestsMatcher): string {
  const flaky = allowFlaky ? ', flaky ones included' : ''
  return `At least ${counted(min, 'test')} named ${shownList(match.map(quoted))} ran and passed${flaky}, in ${source(from)}.`
}

function describeFindings({ from, max, where, mustHaveRun }: FindingsMatcher): string {
  const level = where?.level ? ` of level ${shownList(where.level)}` : ''
  const cwe = where?.cwe ? ` for ${shownList(where.cwe)}` : ''
  const rule = where?.rule ? ` of rule ${shownList(where.rule)}` : ''
  const paths = where?.paths ? ` in ${shownList(where.paths)}` : ''
  const ran = mustHaveRun?.rules ? `, and rule ${shownList(mustHaveRun.rules)} was run` : ''
  const saw = mustHaveRun?.paths ? `, and files in ${shownList(mustHaveRun.paths)} were looked at` : ''
  const count = max === 0 ? 'No results' : `At most ${counted(max, 'result')}`
  return `${count}${level}${cwe}${rule}${paths}, from a scanner that is shown to have looked, in ${source(from)}${ran}${saw}.`
}

function source({ slot, tool }: EvidenceSource): string {
  return tool === undefined ? `evidence "${shown(slot)}"` : `evidence "${shown(slot)}" from ${shown(tool)}`
}

function describeFile({ path, exists, sha256, unchangedSince, contains, absent }: FileMatcher): string {
  const asks = [
    exists === true ? 'exists' : undefined,
    exists === false ? 'does not exist' : undefined,
    sha256 === undefined ? undefined : `has the SHA-256 ${sha256.slice(7, 19)}`,
    unchangedSince === undefined ? undefined : 'is not touched by the change',
    contains === undefined ? undefined : `contains ${quoted(contains)}`,
    absent === undefined ? undefined : `does not contain ${quoted(absent)}`,
  ].filter(ask => ask !== undefined)
  return `The file ${shown(path)} ${asks.length > 0 ? asks.join(' and ') : 'exists'}.`
}

function describeCommits({ aiDisclosed, prompt, withinGlobs, untouchedGlobs }: CommitsMatcher): string {
  const asks = [
    withinGlobs === undefined ? undefined : `change only files in ${shownList(withinGlobs, 5)}`,
    untouchedGlobs === undefined ? undefined : `leave alone ${shownList(untouchedGlobs, 5)}`,
    prompt === undefined ? undefined : `name the prompt ${shown(prompt)}`,
    aiDisclosed === undefined ? undefined : aiDisclosed ? 'say that AI helped' : 'carry no mark of AI help',
  ].filter(ask => ask !== undefined)
  return `The commits ${asks.length > 0 ? asks.join(' and ') : 'are known'}.`
}

function describeSignoff({ role, count, notBy, expires }: SignoffMatcher): string {
  const except = notBy && notBy.length > 0 ? `, none of them the ${notBy.map(who => WHO[who]).join(' or the ')}` : ''
  const since = expires === undefined ? '' : `, not more than ${Number.parseInt(expires.slice(1), 10)} days ago`
  const people = count === 1 ? `One person (${shown(role)}) has` : `${count} people (${shown(role)}) have`
  return `${people} looked and answered yes${except}${since}.`
}

export const WHO = {
  'commit.author': 'author of the change',
  'prompt.author': 'author of the prompt',
  'evidence.producer': 'producer of the evidence',
} as const

function quoted(text: string): string {
  return `"${text}"`
}
