import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** What a file of ours carries of the design it was written from, under one key that Threat Dragon leaves alone. */
export type Ours = {
  readonly id?: string
  readonly designId?: string
  /** The boundary around a thing whose box is not on its diagram. */
  readonly inside?: string
  /** What the text of a threat was made of. */
  readonly answers?: readonly string[]
  /** Who decided, where it is not the owner of the whole model. */
  readonly owner?: string
}

const KEY = 'skeptic'

/** Our key of an object; every value is a claim that may be wrong. */
export function oursIn(raw: Raw | undefined): Ours {
  const own = recordOf(raw?.[KEY]) ?? {}
  const texts = ['id', 'designId', 'inside', 'owner'].filter(key => typeof own[key] === 'string')
  const answers = listOf(own.answers).filter(id => typeof id === 'string')
  return { ...Object.fromEntries(texts.map(key => [key, own[key]])), ...(answers.length > 0 ? { answers } : {}) }
}

/** The keys that are ours, so that they are kept nowhere else. */
export function ourKeys(raw: Raw): readonly string[] {
  return recordOf(raw[KEY]) ? [KEY] : []
}
