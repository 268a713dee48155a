import { applyChanges, type Change, EMPTY_DESIGN } from '../../core/model/change.ts'
import { randomFrom } from '../../core/model/identity.ts'
import type { Design, Stamp } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import type { Context } from '../../renderer/commands/command.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { readPromptPart } from '../../renderer/state/prompt-now.ts'
import { type Session, useSession } from '../../renderer/state/session.ts'
import { smallDesign } from '../support/small-design.ts'

await readPromptPart()

export const AT = '2026-11-22T16:00:00Z'

export function stampOf(seed = 'window'): Stamp {
  return { at: AT, by: 'architect', random: randomFrom(seed) }
}

/** What a command would look at, without a window. */
export function contextWith(design: Design = smallDesign(), session: Partial<Session> = {}): Context {
  return {
    design,
    session: { ...useSession.getInitialState(), shipped: builtinPacks, packs: builtinPacks, ...session, now: AT },
    facts: factsOf(design, AT, builtinPacks),
    stamp: stampOf(),
    history: { undo: undefined, redo: undefined },
  }
}

export function designOf(...changes: readonly Change[]): Design {
  return applyChanges(EMPTY_DESIGN, changes)
}
