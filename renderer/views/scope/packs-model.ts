import type { Design, RulePack } from '../../../core/model/types.ts'
import { memoLast } from '../../../core/support/memo.ts'
import type { Problem } from '../../../core/support/result.ts'
import { activePacks } from '../../../core/threats/active.ts'
import type { Finding } from '../../../core/threats/finding.ts'

/** A rule pack as the list shows it. */
export type PackLine = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly isUsed: boolean
  /** Not one of those every design is held against unless it says otherwise. */
  readonly isOptional: boolean
  readonly isTeam: boolean
  /** The design uses it, and nobody has it. */
  readonly isMissing: boolean
  readonly rules: number
  /** Findings that apply, and how many of them ask for an answer now. */
  readonly findings: number
  readonly now: number
}

type Given = {
  readonly packs: readonly RulePack[]
  readonly builtin: readonly RulePack[]
  readonly findings: readonly Finding[]
}

/** Every pack there is, those of the program first, and those the design names that are not there. */
export function packLines(design: Pick<Design, 'settings'>, { packs, builtin, findings }: Given): readonly PackLine[] {
  const active = new Set(activePacks(design, packs))
  const counts = countsOf(findings)
  const shipped = new Set(builtin)
  const lines = packs.map((pack): PackLine => {
    const { now = 0, all = 0 } = active.has(pack) ? (counts.get(pack.id) ?? {}) : {}
    return {
      id: pack.id,
      title: pack.title,
      description: firstSentence(pack.description ?? ''),
      isUsed: active.has(pack),
      isOptional: pack.optional === true,
      isTeam: !shipped.has(pack),
      isMissing: false,
      rules: pack.rules.length,
      findings: all,
      now,
    }
  })
  const known = new Set(packs.map(pack => pack.id))
  const missing = Object.keys(design.settings.design?.packs ?? {}).filter(id => !known.has(id))
  return [...lines.filter(line => !line.isTeam), ...lines.filter(line => line.isTeam), ...missing.sort().map(missingLine)]
}

function missingLine(id: string): PackLine {
  const none = { rules: 0, findings: 0, now: 0, description: '', isOptional: false, isTeam: true }
  return { ...none, id, title: id, isUsed: true, isMissing: true }
}

const countsOf = memoLast((findings: readonly Finding[]) => {
  const counts = new Map<string, { all: number; now: number }>()
  for (const { pack, applicability, attention } of findings) {
    if (applicability !== 'applies') continue
    const count = counts.get(pack) ?? { all: 0, now: 0 }
    counts.set(pack, count)
    count.all++
    if (attention === 'now') count.now++
  }
  return counts
})

function firstSentence(text: string): string {
  const end = text.search(/[.:;] /)
  return end < 0 ? text : `${text.slice(0, end)}.`
}

/** What is wrong with packs and their rules. */
export function packProblemsIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code, at }) => /^(?:pack|rule)\./.test(code) || at?.startsWith('packs/'))
}
