import { EMPTY_DESIGN } from '../model/change.ts'
import type { Design, Element, Requirement, Table } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { classifyEars } from './ears.ts'
import { namesIn, namesOf } from './names.ts'

/** Who acts: as stated, else the subject of the sentence, else an element that the sentence names in any language. */
export function actorOf(design: Design, requirement: Requirement): string | undefined {
  if (requirement.actor !== undefined) return requirement.actor
  const { actor } = classifyEars(requirement.statement)
  if (actor !== undefined) return actor
  return namesIn(requirement.statement, elementNames(design.elements))[0]?.name
}

const elementNames = memoLast((elements: Table<Element>) => namesOf({ ...EMPTY_DESIGN, elements }))
