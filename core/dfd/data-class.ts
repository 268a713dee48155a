import type { DataClass, Design } from '../model/types.ts'

/**
 * The highest class among linked data. Undefined: no data is linked. 'unknown': some of it has no class
 * and none of it is known to be confidential, so the answer may be anything.
 */
export function highestClass(
  design: Pick<Design, 'data'>,
  data: Readonly<Record<string, true>> | undefined,
): DataClass | 'unknown' | undefined {
  let highest: DataClass | undefined
  let isUnknown = false
  for (const id of Object.keys(data ?? {})) {
    const dataClass = design.data[id]?.class
    if (dataClass === undefined) isUnknown = true
    else if (highest === undefined || dataClass > highest) highest = dataClass
  }
  return isUnknown && !classAtLeast(highest, 'D2') ? 'unknown' : highest
}

/** Whether a class is known and reaches the floor; unknown never does, callers ask about it by name. */
export function classAtLeast(value: DataClass | 'unknown' | undefined, floor: DataClass): boolean {
  return value !== undefined && value !== 'unknown' && value >= floor
}
