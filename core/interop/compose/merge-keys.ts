import { type Raw, recordOf } from '../reading/json-fields.ts'

/** More than any real file merges; beyond it the file was made to grow. */
const MOST_MERGED = 200_000

/**
 * Puts what a merge key `<<` names below the keys beside it, as YAML 1.1 says and Compose does; our parser leaves such keys as they are.
 * Extensions at the top are left out: what is merged from them is there already. Nothing when it would become too much.
 */
export function withMergedKeys(root: Raw): Raw | undefined {
  let merged = 0
  const whole = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(whole)
    const record = recordOf(value)
    if (!record) return value
    const own = Object.entries(record)
      .filter(([key]) => key !== '<<')
      .map(([key, inner]): [string, unknown] => [key, whole(inner)])
    if (!Object.hasOwn(record, '<<')) return Object.fromEntries(own)
    const below = (Array.isArray(record['<<']) ? record['<<'] : [record['<<']])
      .toReversed()
      .map(one => recordOf(whole(one)) ?? {})
    const result: Record<string, unknown> = {}
    for (const base of below)
      for (const [key, inner] of Object.entries(base)) {
        if (++merged > MOST_MERGED) throw TOO_MUCH
        result[key] = inner
      }
    return { ...result, ...Object.fromEntries(own) }
  }
  try {
    return recordOf(whole(Object.fromEntries(Object.entries(root).filter(([key]) => !key.startsWith('x-')))))
  } catch (error) {
    if (error !== TOO_MUCH) throw error
    return undefined
  }
}

const TOO_MUCH = new Error('Too much is merged.')
