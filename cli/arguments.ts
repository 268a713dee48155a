import { parseArgs } from 'node:util'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { GLOBAL_OPTIONS, type Option, type Options } from './frame.ts'

/** Splits words into positionals and options; unknown words are refused with what to do. */
export function readArguments(
  words: readonly string[],
  own: Readonly<Record<string, Option>>,
): Result<{ args: readonly string[]; options: Options }> {
  const known = { ...GLOBAL_OPTIONS, ...own }
  const options = Object.fromEntries(
    Object.entries(known).map(([name, option]) => [
      name,
      {
        type: option.value === undefined ? ('boolean' as const) : ('string' as const),
        ...(option.short === undefined ? {} : { short: option.short }),
        ...(option.many ? { multiple: true } : {}),
      },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
    const given = (name: string) => (values as Readonly<Record<string, unknown>>)[name]
    return ok({
      args: positionals,
      options: {
        text: name => (typeof given(name) === 'string' ? (given(name) as string) : undefined),
        many: name => (Array.isArray(given(name)) ? (given(name) as string[]) : []),
        on: name => given(name) === true,
      },
    })
  } catch (error) {
    return refuse({
      code: 'usage.option',
      message: sentence(error),
      cure: 'skeptic --help lists the commands, skeptic COMMAND --help the options.',
    })
  }
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error)
  return text.endsWith('.') ? text : `${text}.`
}

/** Refuses too few or too many positionals, by what the command says it takes. */
export function checkCount(name: string, takes: readonly string[], args: readonly string[]): Result<true> {
  const least = takes.filter(word => !word.startsWith('[')).length
  const most = takes.some(word => word.includes('...')) ? Number.POSITIVE_INFINITY : takes.length
  if (args.length >= least && args.length <= most) return ok(true)
  return refuse({
    code: 'usage.arguments',
    message: args.length < least ? `${name} needs ${takes[args.length]}.` : `${name} does not take "${args[most]}".`,
    cure: `skeptic ${[name, ...takes].join(' ')}`,
  })
}
