import util from 'node:util'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { GLOBAL_OPTIONS, type Option, type Options } from './frame.ts'

/** Splits words into positionals and options; unknown words are refused with what to do. */
export function readArguments(
  words: readonly string[],
  own: Readonly<Record<string, Option>>,
): Result<{ args: readonly string[]; options: Options }> {
  const known = { ...GLOBAL_OPTIONS, ...own }
  const plain = readPlain(words, known)
  if (plain) return ok(plain)
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
    const { values, positionals } = util.parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
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

/**
 * Whole words alone, `--name value` and `--name`, which are most command lines, so that most starts need not load parseArgs.
 * Undefined hands everything else to it: short and joined options, whatever is wrong, and the sentence about it.
 */
function readPlain(
  words: readonly string[],
  known: Readonly<Record<string, Option>>,
): { args: readonly string[]; options: Options } | undefined {
  const args: string[] = []
  const texts = new Map<string, string[]>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (!word.startsWith('-')) {
      args.push(word)
      continue
    }
    const name = word.slice(2)
    const option = word.startsWith('--') && Object.hasOwn(known, name) ? known[name] : undefined
    if (!option) return undefined
    const given = texts.get(name) ?? []
    texts.set(name, given)
    if (option.value === undefined) continue
    const value = words[++i]
    if (value === undefined || value.startsWith('-')) return undefined
    given.push(value)
  }
  return {
    args,
    options: {
      text: name => (known[name]?.many ? undefined : texts.get(name)?.at(-1)),
      many: name => (known[name]?.many ? (texts.get(name) ?? []) : []),
      on: name => texts.has(name) && known[name]?.value === undefined,
    },
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
