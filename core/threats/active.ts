import type { Design, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { idsOf } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { indexOf, type RuleIndex } from './compile.ts'

/** The packs a design uses: those its settings name; when they name none, all but the optional ones. */
export function activePacks(design: Pick<Design, 'settings'>, packs: readonly RulePack[]): readonly RulePack[] {
  const named = design.settings.design?.packs
  return packs.filter(pack => (named ? Object.hasOwn(named, pack.id) : !pack.optional))
}

/** The rules a design is held against, found by what they look at; a pack that it names and nobody has is a problem. */
export function indexFor({ settings }: Pick<Design, 'settings'>, packs: readonly RulePack[]): RuleIndex {
  return indexOn(settings, packs)
}

/** Asked at every edit, and settings and packs stay what they are through nearly all of them. */
const indexOn = memoLast((settings: Design['settings'], packs: readonly RulePack[]): RuleIndex => {
  const index = indexOf(activePacks({ settings }, packs))
  const missing = idsOf(settings.design?.packs).filter(id => packs.every(pack => pack.id !== id))
  return missing.length > 0 ? withProblems(index, missing.join(' ')) : index
})

const withProblems = memoLast(
  (index: RuleIndex, missing: string): RuleIndex => ({
    ...index,
    problems: [...index.problems, ...missing.split(' ').map(missingPack)],
  }),
)

function missingPack(id: string): Problem {
  return {
    code: 'pack.missing',
    severity: 'error',
    at: id,
    message: `The design uses the rule pack ${id}, and there is none of that name; its rules are not asked.`,
    cure: `Put the pack into the folder packs/ of the design, or take ${id} out of the packs in skeptic.json.`,
  }
}
