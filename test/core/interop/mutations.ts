import fc from 'fast-check'

/** One change at a place of a file that only the number decides: what is deleted, replaced or doubled. */
type Mutation = { readonly at: number; readonly how: number; readonly value: unknown }

/** Stands for a number that JSON.stringify cannot write. */
const HUGE = '@@huge@@'

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  HUGE,
  '',
  ' ',
  'x',
  '\ud800',
  '\u0000',
  '7',
  'constructor',
  [],
  {},
  [null],
  [[]],
]

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({ at: fc.nat(), how: fc.nat(9), value: fc.constantFrom(...VALUES) }),
  { minLength: 1, maxLength: 8 },
)

/** The text of the file after the mutations; the same ones always do the same. */
export function mutated(file: unknown, changes: readonly Mutation[]): string {
  const root = { file: structuredClone(file) }
  for (const change of changes) {
    const spots = spotsIn(root)
    const spot = spots[change.at % spots.length]
    if (spot) mutate(spot, change)
  }
  return (JSON.stringify(root.file) ?? 'null').replaceAll(`"${HUGE}"`, '-1e999')
}

type Spot = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string }

function spotsIn(root: Record<string, unknown>): readonly Spot[] {
  const spots: Spot[] = []
  const waiting: (Record<string, unknown> | unknown[])[] = [root]
  for (let holder = waiting.pop(); holder; holder = waiting.pop())
    for (const [key, value] of Object.entries(holder)) {
      spots.push({ holder, key })
      if (typeof value === 'object' && value !== null) waiting.push(value as Record<string, unknown>)
    }
  return spots
}

function mutate({ holder, key }: Spot, { how, value }: Mutation): void {
  const at = holder as Record<string, unknown>
  if (Array.isArray(holder) && how < 2) holder.splice(Number(key), 1)
  else if (Array.isArray(holder) && how === 2) holder.push(structuredClone(at[key]))
  else if (how < 2) delete at[key]
  else if (how === 3) at[`${key}2`] = structuredClone(at[key])
  else at[key] = structuredClone(value)
}
