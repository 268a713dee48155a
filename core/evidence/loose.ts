/** Reading foreign JSON: what is not of the wanted kind is as good as absent. */
export type Loose = { readonly [key: string]: unknown }

const NOTHING: Loose = Object.freeze({})

export function objectOf(value: unknown): Loose {
  return isObject(value) ? value : NOTHING
}

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function indexOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
