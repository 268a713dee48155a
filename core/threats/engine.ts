import type { Design, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Problem } from '../support/result.ts'
import { indexFor } from './active.ts'
import type { RuleIndex } from './compile.ts'
import type { Finding } from './finding.ts'
import { goneFindings } from './gone.ts'
import type { Place } from './place.ts'
import { type Ground, Places } from './places.ts'

export type { Finding, FindingOn } from './finding.ts'

/** What the rules say of a design, and which rules cannot be asked. */
export type Findings = {
  /** All of them: by flow, forward before reverse, then by element, in the order of the rules; at the end, by id, those that are gone. */
  readonly findings: readonly Finding[]
  /** Decided findings that do not come out any more. */
  readonly gone: readonly Finding[]
  /** How many there are, gone ones left out, without making them. */
  readonly count: number
  /** Those on a flow or on an element, gone ones left out; what a threat is about may be another object (`subject`). */
  readonly on: (id: string) => readonly Finding[]
  readonly problems: readonly Problem[]
}

/** Everything the rules find in a design. After an edit only what it reaches is asked again. */
export function deriveFindings(design: Design, packs: readonly RulePack[]): Findings {
  const { elements, flows, boundaries, data, triage } = design
  return derive(indexFor(design, packs), elements, flows, boundaries, data, triage)
}

/** One finding by its id, gone ones included. A decided one is found by what was decided, without making all the others. */
export function findingOf(design: Design, packs: readonly RulePack[], id: string): Finding | undefined {
  const derived = deriveFindings(design, packs)
  return decidedIn(derived, design, id) ?? findingsById(derived.findings).get(id)
}

/** A list of findings by id. */
export const findingsById = memoLast(
  (findings: readonly Finding[]): ReadonlyMap<string, Finding> => new Map(findings.map(finding => [finding.id, finding])),
)

/** The places of a design, moved on from the last state that was asked for. */
export function placesOf(design: Design, packs: readonly RulePack[]): Places {
  return placesOn(design, indexFor(design, packs))
}

const derive = memoLast(
  (
    index: RuleIndex,
    elements: Design['elements'],
    flows: Design['flows'],
    boundaries: Design['boundaries'],
    data: Design['data'],
    triage: Design['triage'],
  ): Findings => {
    const ground = { elements, flows, boundaries, data }
    const places = placesOn(ground, index)
    const { generation, count } = places
    // Whoever holds an older state and reads on asks everything anew: right, only slower.
    let own: Places | undefined
    const now = (): Places => {
      if (places.generation === generation) return places
      own ??= new Places(ground, index)
      return own
    }
    const gone = once(() => goneFindings({ ...ground, triage }, index, now()))
    const all = once((): readonly Finding[] => {
      const findings: Finding[] = []
      for (const place of now().all()) for (const finding of place.findings) findings.push(finding)
      for (const finding of gone()) findings.push(finding)
      return findings
    })
    return {
      get findings() {
        return all()
      },
      get gone() {
        return gone()
      },
      count,
      on: id => findingsAt(now().at(id)),
      problems: index.problems,
    }
  },
)

/** The last state: a memo, so that one edit costs what it reaches. */
let last: Places | undefined

function placesOn(ground: Ground, index: RuleIndex): Places {
  if (last?.index !== index) last = new Places(ground, index)
  else if (!isSame(last.ground, ground)) last.update(ground)
  return last
}

function isSame(a: Ground, b: Ground): boolean {
  return a.elements === b.elements && a.flows === b.flows && a.boundaries === b.boundaries && a.data === b.data
}

function findingsAt(places: readonly Place[]): readonly Finding[] {
  const [only] = places
  return places.length === 1 && only ? only.findings : places.flatMap(place => place.findings)
}

function decidedIn(derived: Findings, { triage }: Design, id: string): Finding | undefined {
  const subject = triage[id]?.subject
  const at = subject?.flow ?? subject?.element
  return at === undefined ? undefined : derived.on(at).find(finding => finding.rule === subject?.rule && finding.id === id)
}

function once<T>(make: () => T): () => T {
  let held: { readonly value: T } | undefined
  return () => {
    held ??= { value: make() }
    return held.value
  }
}
