import type { NewDependenciesMatcher } from '../../schemas/generated/types.ts'
import type { BroughtIn, FreshPackage, Named } from '../dependencies/brought-in.ts'
import { FAULT_WORDS, type Fault } from '../dependencies/hygiene.ts'
import { knownNames, type LookAlike, lookAlikeOf } from '../dependencies/look-alike.ts'
import { packageOfUrl } from '../dependencies/package-url.ts'
import { nameMatches } from '../evidence/globs.ts'
import { counted, shownList } from '../evidence/show.ts'
import type { Scene } from './context.ts'
import { allOf, type Judgement, open, proven, refuted } from './judgement.ts'
import { lookedUp, type Outside } from './looked-up.ts'
import { judgeSignoff } from './signoff.ts'

/** Names and addresses that a person should see are listed up to here; the sentence counts the rest. */
const MOST_NAMED = 5

/** What the lockfiles, manifests and imports of the change bring in; read by ourselves, so it needs no binding. */
export function judgeNewDependencies(matcher: NewDependenciesMatcher, scene: Scene): Judgement {
  const { at, change } = scene.context
  const judgement = change.broughtIn
    ? judgeBroughtIn(matcher, change.broughtIn, { evidence: scene.evidence, at })
    : open('missing', 'Nobody knows what the change brings in: there is no base to compare with.')
  if (matcher.orSignoff !== true || judgement.verdict !== 'inconclusive') return judgement
  const person = judgeSignoff({ role: 'reviewer', count: 1, notBy: ['commit.author', 'prompt.author'] }, scene)
  if (person.verdict === 'inconclusive' && person.evidence.length === 0) return judgement
  return { ...person, sentence: `${judgement.sentence} ${person.sentence}` }
}

/** What the machine alone can say of it. */
export function judgeBroughtIn(matcher: NewDependenciesMatcher, broughtIn: BroughtIn, outside: Outside): Judgement {
  const refusals = refusalsOf(matcher, broughtIn, outside)
  if (refusals.length > 0) return allOf(refusals)
  const doubts = doubtsOf(matcher, broughtIn, outside)
  if (doubts.length > 0) return allOf(doubts)
  const { lockfiles, manifests, sources } = broughtIn.looked
  const { fresh } = broughtIn
  const seen = `${counted(lockfiles, 'lockfile')}, ${counted(manifests, 'manifest')} and the imports of ${counted(sources, 'changed file')}`
  return proven(
    fresh.length === 0
      ? `No new package comes in: ${seen} were read.`
      : `${counted(fresh.length, 'new package')}, ${fresh.length === 1 ? 'which is' : 'all'} allowed or few enough: ${namesOf(fresh)}.`,
  )
}

function namesOf(packages: readonly Named[]): string {
  return shownList(
    packages.map(({ name }) => name),
    MOST_NAMED,
  )
}

function refusalsOf(matcher: NewDependenciesMatcher, brought: BroughtIn, outside: Outside): readonly Judgement[] {
  const { fresh, changed, phantoms, unlocked } = brought
  const coming = [...fresh.map(one => ({ ...one, to: one.versions })), ...changed]
  const denied = coming.filter(one => isListed(matcher.deny, { ...one, versions: one.to }))
  const unreachable = fresh.filter(({ reach }) => reach === 'unreachable')
  return [
    ...(denied.length > 0 ? [refuted(`Not allowed to come in: ${namesOf(denied)}.`)] : []),
    ...(phantoms.length > 0
      ? [
          refuted(
            `Imported and neither built in, of the project, declared nor locked: ${shownList(
              phantoms.map(({ name, path, line }) => `${name} (${path}:${line})`),
              MOST_NAMED,
            )}.`,
          ),
        ]
      : []),
    ...(unlocked.length > 0
      ? [
          refuted(
            `Declared and not locked: ${shownList(
              unlocked.map(({ name, manifest }) => `${name} (${manifest})`),
              MOST_NAMED,
            )}.`,
          ),
        ]
      : []),
    ...(unreachable.length > 0 ? [refuted(`Locked, and nothing asks for it: ${namesOf(unreachable)}.`)] : []),
    ...lookedUp([...fresh, ...changed], outside).refused,
  ]
}

/** Faults that an allowed name does not excuse: what is fetched may not be what the name says. */
const OF_ADDRESS: readonly Fault[] = ['other-host', 'other-package', 'other-digest']

function doubtsOf(matcher: NewDependenciesMatcher, brought: BroughtIn, outside: Outside): readonly Judgement[] {
  const { allow, max = 0 } = matcher
  const isUnlisted = (one: Pick<FreshPackage, 'ecosystem' | 'name' | 'versions'>) => !isListed(allow, one)
  const fresh = brought.fresh.filter(isUnlisted)
  const changed = brought.changed.filter(one => isUnlisted({ ...one, versions: one.to }))
  const faulty = brought.faulty.flatMap(one => {
    const isAllowed = !isUnlisted({ ...one, versions: [one.version] })
    const faults = isAllowed ? one.faults.filter(fault => OF_ADDRESS.includes(fault)) : one.faults
    return faults.length > 0 ? [`${one.name}@${one.version} ${faults.map(fault => FAULT_WORDS[fault]).join(' and ')}`] : []
  })
  const alike = fresh.flatMap(one => {
    const other = looksLike(one, matcher)
    return other ? [`${one.name} (${other.how === 'foreign' ? 'holds letters of other alphabets' : `like ${other.name}`})`] : []
  })
  const { unread, unpinned, unplaced, looked } = brought
  const nothing = looked.lockfiles === 0 && looked.manifests === 0 && looked.sources === 0
  const parts: readonly (readonly [Judgement['reason'], string, readonly string[]])[] = [
    ['unreadable', 'Not everything could be read', unread.map(({ path, why }) => `${path} (${why})`)],
    ['missing', 'Declared, and no lockfile pins it', unpinned.map(({ name, manifest }) => `${name} (${manifest})`)],
    [
      'cannot-tell',
      'Imported under a name that nothing explains',
      unplaced.map(({ name, path, line }) => `${name} (${path}:${line})`),
    ],
    [
      'cannot-tell',
      `${counted(fresh.length, 'new package')} to look at one by one`,
      fresh.length > max ? fresh.map(labelOf) : [],
    ],
    ['cannot-tell', 'Looks like a package that is known', alike],
    ['cannot-tell', 'To look at', faulty],
    ['cannot-tell', 'At another version than before', changed.map(({ name, to }) => `${name}@${to.join(', ')}`)],
  ]
  return [
    ...(nothing && unread.length === 0
      ? [open('nothing-examined', 'There is no lockfile, no manifest and no changed source that is read: nobody looked.')]
      : []),
    ...parts.flatMap(([reason, words, names]) =>
      names.length > 0 ? [open(reason, `${words}: ${shownList(names, MOST_NAMED)}.`)] : [],
    ),
    ...lookedUp(fresh, outside).doubted,
  ]
}

function labelOf({ name, versions }: FreshPackage): string {
  return `${name}@${versions.join(', ')}`
}

/** Names on the allow-list are known as well: a new package may be made to look like one of them. */
function looksLike(one: FreshPackage, { allow = [] }: NewDependenciesMatcher): LookAlike | undefined {
  if (one.looksLike) return one.looksLike
  const names = allow.flatMap(entry => {
    const listed = packageOfUrl(entry)
    if (listed) return listed.ecosystem === one.ecosystem ? [listed.name] : []
    return /[*?]/.test(entry) ? [] : [entry]
  })
  return lookAlikeOf(one.name, knownNames(names))
}

/** Globs over names, and package URLs; a URL with a version lists that version alone. */
function isListed(
  list: readonly string[] | undefined,
  { ecosystem, name, versions }: Pick<FreshPackage, 'ecosystem' | 'name' | 'versions'>,
): boolean {
  return (list ?? []).some(entry => {
    const listed = packageOfUrl(entry)
    if (!listed) return nameMatches(entry, name)
    const isVersion = listed.version === undefined || versions.every(version => version === listed.version)
    return listed.ecosystem === ecosystem && nameMatches(listed.name, name) && isVersion
  })
}

/** What it asks, in one sentence. */
export function describeNewDependencies({ allow, deny, max, orSignoff }: NewDependenciesMatcher): string {
  const but = allow && allow.length > 0 ? ` but ${shownList(allow, MOST_NAMED)}` : ''
  const most =
    max === undefined || max === 0
      ? `No new package comes in${but}`
      : `At most ${counted(max, 'new package')} come in${but === '' ? '' : `, not counting ${shownList(allow ?? [], MOST_NAMED)}`}`
  const never = deny && deny.length > 0 ? `, and never ${shownList(deny, MOST_NAMED)}` : ''
  const person = orSignoff === true ? '; what is in doubt, one person other than the author has looked at' : ''
  return `${most}${never}, every import and declaration is locked, and nothing comes from an unusual place${person}.`
}
