/** What a head may hold. */
export type Value = string | boolean | readonly Value[] | { readonly [key: string]: Value }

/** Keys and values in the order they are written. */
export type Head = readonly (readonly [key: string, value: Value])[]

/** Words that no reader of YAML takes for anything but text: a letter, then letters, digits, single hyphens. */
const WORD = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/

/** Words that one version of YAML or another takes for a boolean or for nothing. */
const MISREAD = new Set(['y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off', 'null'])

/** Block YAML of exactly these keys (YAML 1.2, also read the same as 1.1): every text in quotes unless it is a plain word. */
export function yamlOf(head: Head): string {
  return head.map(([key, value]) => `${yamlText(key)}:${yamlValue(value, '')}\n`).join('')
}

function yamlValue(value: Value, indent: string): string {
  if (typeof value === 'string') return ` ${yamlText(value)}`
  if (typeof value === 'boolean') return ` ${value}`
  const inner = `${indent}  `
  if (isList(value)) {
    if (value.length === 0) return ' []'
    return value.map(one => `\n${inner}-${itemOf(one, inner)}`).join('')
  }
  const members = Object.entries(value)
  if (members.length === 0) return ' {}'
  return members.map(([key, one]) => `\n${inner}${yamlText(key)}:${yamlValue(one, inner)}`).join('')
}

/** A group in a list begins on the line of its hyphen. */
function itemOf(value: Value, indent: string): string {
  const text = yamlValue(value, indent)
  return text.startsWith('\n') ? ` ${text.trimStart()}` : text
}

function yamlText(text: string): string {
  return WORD.test(text) && !MISREAD.has(text.toLowerCase()) ? text : quoted(text)
}

/** TOML 1.0 of exactly these keys; what spans lines becomes a multi-line basic string. */
export function tomlOf(head: Head): string {
  return head.map(([key, value]) => `${key} = ${tomlValue(value)}\n`).join('')
}

function tomlValue(value: Value): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string')
    return value.includes('\n') ? `"""\n${value.split('\n').map(escaped).join('\n')}"""` : quoted(value)
  if (isList(value)) return `[${value.map(tomlValue).join(', ')}]`
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${quoted(key)} = ${tomlValue(one)}`)
    .join(', ')} }`
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function quoted(text: string): string {
  return `"${escaped(text)}"`
}

/** Inside double quotes, in the escapes that YAML and TOML share. */
function escaped(text: string): string {
  return text.replace(/["\\\p{Cc}\u2028\u2029\ufeff]/gu, char =>
    char === '"' || char === '\\' ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
