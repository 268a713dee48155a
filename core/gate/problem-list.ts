import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { type Asked, type Fix, GATE_RULES } from './gate-rules.ts'

/** Something that stands between the design and its prompts, and how many minutes its cure takes. */
export type GateProblem = Problem & { readonly effort: number; readonly fix?: Fix }

/** Problems by effort, place and rule. A large design has a hundred thousand and shows a screenful, so only what is read is made. */
export class ProblemList {
  readonly #asked: readonly Asked[]
  readonly #severity: 'error' | 'warning'

  constructor(asked: readonly Asked[], severity: 'error' | 'warning') {
    this.#asked = asked
    this.#severity = severity
  }

  get count(): number {
    return this.#asked.length
  }

  /** Minutes that all of them take together. */
  get effort(): number {
    return this.#asked.reduce((sum, { code }) => sum + effortOf(code), 0)
  }

  /** How many there are of each rule that found something. */
  get byRule(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { code } of this.#asked) counts.set(code, (counts.get(code) ?? 0) + 1)
    return counts
  }

  /** All of them. */
  all(): readonly GateProblem[] {
    return sorted(this.#asked).map(one => this.#worded(one))
  }

  /** The first so many. */
  first(most: number): readonly GateProblem[] {
    return (most < this.count ? leading(this.#asked, most) : sorted(this.#asked)).map(one => this.#worded(one))
  }

  #worded({ code, at, message, cure, fix }: Asked): GateProblem {
    const problem = { code, at, message, cure, severity: this.#severity, effort: effortOf(code) }
    return fix ? { ...problem, fix } : problem
  }
}

function effortOf(code: string): number {
  return GATE_RULES[code]?.effort ?? 0
}

/** Texts sorted by the engine itself cost a tenth of a comparison each. */
function sorted(asked: readonly Asked[]): readonly Asked[] {
  const keys = asked.map(({ at, code }, i) => `${char(effortOf(code))}${at}\0${code}\0${char(i >> 15)}${char(i & 0x7fff)}`)
  return keys.sort().map(key => asked[(key.charCodeAt(key.length - 2) << 15) | key.charCodeAt(key.length - 1)] as Asked)
}

const char = String.fromCharCode

/** The first so many without sorting the others: each either stands behind the last of them, or is put among them. */
function leading(asked: readonly Asked[], most: number): readonly Asked[] {
  const chosen: Asked[] = []
  for (const one of asked) {
    const last = chosen[most - 1]
    if (last !== undefined && inOrder(last, one) <= 0) continue
    let place = chosen.length
    while (place > 0 && inOrder(chosen[place - 1] as Asked, one) > 0) place--
    chosen.splice(place, 0, one)
    if (chosen.length > most) chosen.pop()
  }
  return chosen
}

function inOrder(a: Asked, b: Asked): number {
  if (a.code === b.code) return byText(a.at, b.at)
  return effortOf(a.code) - effortOf(b.code) || byText(a.at, b.at) || byText(a.code, b.code)
}
