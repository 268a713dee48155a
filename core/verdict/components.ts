import type { ComponentsMatcher } from '../../schemas/generated/types.ts'
import { nameMatches } from '../evidence/globs.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { Component, ComponentFacts, EvidenceItem } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { unlike } from './locked.ts'
import { plainPurl } from './purls.ts'
import type { Citation } from './record.ts'
import { citation, doubtOf, factsIn, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

/** A list and what it is made of, what it is about left out. */
type List = { readonly item: EvidenceItem; readonly facts: ComponentFacts; readonly parts: readonly Component[] }
type Place = { readonly list: List; readonly part: Component }

/** A list of components names what must be in, names nothing that must not be, and is shown to have looked. */
export function judgeComponents(matcher: ComponentsMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isTool(item, matcher.from.tool))
  const lists = items.flatMap(listOf)
  return (
    unwanted(lists, matcher) ??
    unreadableOf(items) ??
    emptiness(items, lists, matcher) ??
    weakness(lists, matcher) ??
    provenBy(lists, matcher, scene)
  )
}

function listOf(item: EvidenceItem): readonly List[] {
  const facts = factsIn(item, 'components')
  return facts ? [{ item, facts, parts: facts.components.filter(({ isRoot }) => !isRoot) }] : []
}

/** What the sidecar says ran, or who the report says made it; `syft` is also `syft CLI`. */
function isTool({ tool, reading }: EvidenceItem, wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  const asked = wanted.toLowerCase()
  const names = [tool, reading.ok ? reading.value.made.tool : undefined].map(name => name?.toLowerCase())
  return names.some(name => name === asked || name?.startsWith(`${asked} `) === true)
}

function fits(glob: string, { name, purl }: Component): boolean {
  return nameMatches(glob, name) || (purl !== undefined && (nameMatches(glob, purl) || nameMatches(glob, plainPurl(purl))))
}

function unwanted(lists: readonly List[], { exclude = [] }: ComponentsMatcher): Judgement | undefined {
  const places = lists.flatMap(list =>
    list.parts.filter(part => exclude.some(glob => fits(glob, part))).map(part => ({ list, part })),
  )
  if (places.length === 0) return undefined
  const names = distinctNames(places)
  return refuted(`${counted(names.length, 'component')} that may not be in: ${shownList(names)}.`, { evidence: places.map(cite) })
}

function emptiness(items: readonly EvidenceItem[], lists: readonly List[], { from }: ComponentsMatcher): Judgement | undefined {
  if (items.length === 0) return open('missing', `Nothing in ${sourceWords(from)} was found.`)
  if (lists.length === 0) {
    const left = items.find(
      ({ reading }) => reading.ok && (reading.value.format === 'cyclonedx' || reading.value.format === 'spdx'),
    )
    if (left)
      return open('nothing-examined', `${shown(left.file)} holds no list of components, not even an empty one.`, {
        evidence: [citation(left)],
      })
    return open('missing', `Evidence "${shown(from.slot)}" holds no list of components.`)
  }
  if (lists.some(({ parts }) => parts.length > 0)) return undefined
  return open('nothing-examined', `${shownList(lists.map(({ item }) => item.file))} lists no component.`, {
    evidence: lists.map(({ item }) => citation(item)),
  })
}

/** A tool that failed may have seen a part only; so may a list that says so, which then cannot show that something is absent. */
function weakness(lists: readonly List[], { exclude = [], matchesLockfiles }: ComponentsMatcher): Judgement | undefined {
  for (const { item, facts } of lists) {
    if (item.exitCode !== undefined && item.exitCode !== 0)
      return open('tool-failed', `The tool behind ${shown(item.file)} ended with exit code ${item.exitCode}.`, {
        evidence: [citation(item)],
      })
    if (facts.complete === false && (exclude.length > 0 || matchesLockfiles === true))
      return open('cannot-tell', `${shown(item.file)} says of itself that it is not complete.`, { evidence: [citation(item)] })
  }
  return undefined
}

function provenBy(lists: readonly List[], matcher: ComponentsMatcher, scene: Scene): Judgement {
  const doubted = lists.map(list => ({ list, doubt: list.parts.length === 0 ? undefined : doubtOf(list.item, scene) }))
  const doubt = doubted.find(one => one.doubt !== undefined)?.doubt
  const trusted = doubted.filter(one => one.doubt === undefined).map(({ list }) => list)
  const missing = missingIn(lists, matcher, scene)
  if (missing) return missing
  // What only a doubtful list says proves nothing yet.
  if (missingIn(trusted, matcher, scene)) return doubt ?? open('missing', 'Nothing vouches for the list.')
  const places = distinct(trusted)
  const lock = matcher.matchesLockfiles === true ? ', and they are those of the lockfiles' : ''
  return proven(`${counted(places.length, 'component')} listed${lock}.`, {
    evidence: trusted.map(({ item }) => citation(item)),
    selfReported: trusted.some(({ item }) => item.binding.reported !== 'signed'),
  })
}

function missingIn(
  lists: readonly List[],
  { include = [], min, matchesLockfiles }: ComponentsMatcher,
  { context }: Scene,
): Judgement | undefined {
  const evidence = lists.map(({ item }) => citation(item))
  const places = distinct(lists)
  const absent = include.filter(glob => !places.some(({ part }) => fits(glob, part)))
  if (absent.length > 0) {
    const isWhole = lists.length > 0 && lists.every(({ facts }) => facts.complete === true)
    const sentence = `None of ${counted(places.length, 'component')} is ${shownList(absent.map(quoted))}.`
    if (isWhole) return refuted(`${sentence} The list says of itself that it is complete.`, { evidence })
    return open('missing', sentence, { evidence })
  }
  if (places.length < min)
    return open('missing', `${counted(places.length, 'component')} of at least ${min} listed.`, { evidence })
  if (matchesLockfiles !== true) return undefined
  const difference = unlike(
    places.map(({ part }) => part),
    context.change.locked,
  )
  return (
    difference &&
    open(difference.reason, difference.sentence, {
      evidence: [...places.filter(({ part }) => difference.parts.includes(part)).map(cite), ...evidence],
    })
  )
}

/** A package that is listed twice, as for two places in a tree, is one. */
function distinct(lists: readonly List[]): readonly Place[] {
  const found = new Map<string, Place>()
  for (const list of lists)
    for (const part of list.parts) {
      const key = part.purl === undefined ? `${part.name}@${part.version ?? ''}` : plainPurl(part.purl)
      if (!found.has(key)) found.set(key, { list, part })
    }
  return [...found.values()]
}

function distinctNames(places: readonly Place[]): readonly string[] {
  const names = places.map(({ part }) => (part.version === undefined ? part.name : `${part.name} ${part.version}`))
  return [...new Set(names)].sort()
}

function cite({ list, part }: Place): Citation {
  return citation(list.item, part.pointer)
}

/** What it asks, in one sentence. */
export function describeComponents({ from, min, include, exclude, matchesLockfiles }: ComponentsMatcher): string {
  const among = include?.length ? `, among them ${shownList(include.map(quoted))}` : ''
  const none = exclude?.length ? `, none of them ${shownList(exclude.map(quoted))}` : ''
  const lock = matchesLockfiles ? ', the same as in the lockfiles' : ''
  return `At least ${counted(min, 'component')}${among}${none}${lock}, listed in ${sourceWords(from)}.`
}
