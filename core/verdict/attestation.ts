import type { AttestationMatcher } from '../../schemas/generated/types.ts'
import { nameMatches } from '../evidence/globs.ts'
import { shown, shownList } from '../evidence/show.ts'
import type { AttestationFacts, Attester, EvidenceItem } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { citation, factsIn, unreadableOf } from './source.ts'
import { sourceWords } from './words.ts'

type Attested = { readonly item: EvidenceItem; readonly facts: AttestationFacts }

/**
 * A statement of that kind, about what is judged, signed by an enrolled key. What it names under its signature binds it, so neither a
 * sidecar nor its age is asked; and a signature is asked always, also where a check takes people at their word.
 */
export function judgeAttestation(matcher: AttestationMatcher, scene: Scene): Judgement {
  const { slot, tool } = matcher.from
  const items = scene.evidence.filter(item => item.slot === slot && (tool === undefined || item.tool === tool))
  if (items.length === 0) return open('missing', `There is no evidence "${shown(slot)}".`)
  const broken = items.find(({ binding }) => binding.state === 'broken')
  if (broken)
    return open('contradictory', `${shown(broken.file)} does not count. ${broken.binding.sentence}`, {
      evidence: [citation(broken)],
    })
  const of = items
    .flatMap(item => {
      const facts = factsIn(item, 'attestation')
      return facts ? [{ item, facts }] : []
    })
    .filter(({ facts }) => nameMatches(matcher.predicateType, facts.predicateType))
  const target = targetOf(matcher, scene)
  const about = 'none' in target ? [] : of.filter(({ facts }) => isAbout(facts, target))
  const refuting = about.find(({ facts }) => facts.says === 'failed')
  if (refuting)
    return refuted(
      `${shown(refuting.item.file)} says of what is judged that it failed (${shown(refuting.facts.predicateType)}).`,
      {
        evidence: [citation(refuting.item, '/payload')],
        selfReported: countingOf(refuting, matcher, scene).length === 0,
      },
    )
  const unreadable = unreadableOf(items)
  if (unreadable) return unreadable
  if (of.length === 0) return open('missing', `No statement in "${shown(slot)}" is a ${shown(matcher.predicateType)}.`)
  if ('none' in target) return target.none
  return judgeAbout(about, of, { matcher, scene, what: target.what })
}

type Asked = { readonly matcher: AttestationMatcher; readonly scene: Scene; readonly what: string }

function judgeAbout(about: readonly Attested[], of: readonly Attested[], { matcher, scene, what }: Asked): Judgement {
  const [first] = about
  if (!first) {
    const evidence = of.map(({ item }) => citation(item))
    return open('stale-commit', `No ${shown(matcher.predicateType)} is about ${what}.`, { evidence })
  }
  const signed = about.flatMap(one => countingOf(one, matcher, scene).map(by => ({ ...one, by })))
  const clear = signed.filter(({ facts }) => facts.says !== 'unclear')
  if (clear.length > 0)
    return proven(
      `${shownList([...new Set(clear.map(({ by }) => by.name))])} signed that ${what} is as ${shown(matcher.predicateType)} says.`,
      {
        evidence: clear.map(({ item }) => citation(item)),
      },
    )
  const evidence = about.map(({ item }) => citation(item))
  if (signed.length > 0) return open('cannot-tell', `${shown(first.item.file)} does not say that it passed.`, { evidence })
  return open('self-reported', `${shown(first.item.file)} does not count: ${whyNot(first, matcher)}.`, { evidence })
}

function countingOf({ item }: Attested, { role }: AttestationMatcher, { context }: Scene): readonly Attester[] {
  return (item.attestedBy ?? []).filter(
    ({ roles, revokedAt }) =>
      (role === undefined || roles.includes(role)) &&
      (revokedAt === undefined || Date.parse(context.at) <= Date.parse(revokedAt)),
  )
}

function whyNot({ item, facts }: Attested, { role }: AttestationMatcher): string {
  const signers = item.attestedBy ?? []
  if (signers.some(({ revokedAt }) => revokedAt !== undefined))
    return 'the key that signed it was revoked, and a statement has no date of its own'
  if (signers.length > 0)
    return `${shownList(signers.map(({ name }) => name))} signed it and is not enrolled as ${shown(role ?? '')}`
  if (facts.certificate) return 'it is signed with a certificate, which cannot be verified offline'
  if (facts.keyIds.length > 0) return 'no key that was enrolled before the change signed it'
  return 'nobody signed it'
}

type Target = { readonly what: string; readonly digests: readonly (readonly [algorithms: readonly string[], value: string])[] }

/** What its subject must name. Git ids also go under the bare name of their hash, as they did before DigestSet had names for them. */
function targetOf({ subject, path }: AttestationMatcher, { context }: Scene): Target | { readonly none: Judgement } {
  const { commit, tree, fileFacts } = context.change
  if (subject === 'file') {
    if (path === undefined) return { none: open('missing', 'The check names no file.') }
    const sha256 = fileFacts[path]?.after?.sha256
    if (sha256 === undefined) return { none: open('missing', `There is no file ${shown(path)} in what is judged.`) }
    return { what: shown(path), digests: [[['sha256'], sha256.replace('sha256:', '')]] }
  }
  const named = [
    ...(subject !== 'tree' && commit !== undefined ? [[['gitCommit', 'sha1', 'sha256'], commit] as const] : []),
    ...(subject !== 'commit' && tree !== undefined ? [[['gitTree', 'sha1', 'sha256'], tree] as const] : []),
  ]
  if (named.length === 0) return { none: open('unbound', 'What is judged is no commit, so no statement can name it.') }
  return { what: subject === 'tree' ? `tree ${tree?.slice(0, 9)}` : `commit ${commit?.slice(0, 9)}`, digests: named }
}

function isAbout({ subjects }: AttestationFacts, { digests }: Target): boolean {
  return digests.some(([algorithms, value]) => subjects.some(subject => algorithms.some(name => subject.digests[name] === value)))
}

/** What it asks, in one sentence. */
export function describeAttestation({ from, predicateType, role, subject, path }: AttestationMatcher): string {
  const who = role === undefined ? 'Somebody with an enrolled key' : `Somebody enrolled as ${shown(role)}`
  const what =
    subject === 'file'
      ? shown(path ?? 'a file')
      : subject === undefined
        ? 'the judged commit or its tree'
        : `the judged ${subject}`
  return `${who} signed a statement ${shown(predicateType)} about ${what}, in ${sourceWords(from)}.`
}
