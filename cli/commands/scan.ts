import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { dictionaryOf } from '../../core/scan/dictionary.ts'
import { type FieldFound, scanFields } from '../../core/scan/fields.ts'
import { fingerprintOf } from '../../core/scan/fingerprint.ts'
import type { Found } from '../../core/scan/found.ts'
import { linearEngine } from '../../core/scan/linear.ts'
import { restored } from '../../core/scan/placeholders.ts'
import { doesBlock } from '../../core/scan/problems.ts'
import { SCAN_LIMIT, scanText } from '../../core/scan/scan.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { keptValues, localKey } from '../../host/node/scan/local-folder.ts'
import { secondReading } from '../../host/node/scan/second-reader.ts'
import { findDesign } from '../../host/node/store.ts'
import { openDesign } from '../design.ts'
import { answer, type Command, type World } from '../frame.ts'
import { count } from '../table.ts'

export const scan: Command = {
  takes: ['[FILE|-]'],
  options: {
    restore: { value: 'W', help: 'Print the text with the values back that the prompt of W shows placeholders for.' },
    target: { value: 'NAME', help: 'With --restore: the coding tool the prompt was for; default markdown.' },
  },
  async run({ args, options, world }) {
    const [file] = args
    const workItem = options.text('restore')
    if (workItem !== undefined) return restore(world, file ?? '-', { workItem, target: options.text('target') ?? 'markdown' })
    const findings = file === undefined ? await inDesign(world) : await inFile(world, file)
    if (!findings.ok) return findings
    return told(findings.value)
  },
}

/** A finding as it is printed; the value is nowhere in it. */
type Line = Omit<Found, 'label'> & {
  readonly at: string
  readonly field?: string
  readonly fingerprint?: string
  readonly blocks: boolean
}

function told(lines: readonly Line[]) {
  const blocking = lines.filter(line => line.blocks).length
  const text = lines.map(
    ({ at, field, what, rule, cure, blocks }) =>
      `${blocks ? 'blocks ' : 'warning'} ${at}${field === undefined ? '' : ` ${field}`}  Holds ${what}.  [${rule}]\n          ${cure}`,
  )
  return answer(
    { findings: lines },
    [...text, `${count(lines.length, 'finding')}, ${blocking} blocking`].join('\n'),
    blocking > 0 ? 1 : 0,
  )
}

/** In a design personal data does not block: a prompt shows a placeholder in its place. */
async function inDesign(world: World): Promise<Result<readonly Line[]>> {
  const [opened, key] = await Promise.all([openDesign(world), localKey()])
  if (!opened.ok) return opened
  const found = scanFields(opened.value.design, { engine: linearEngine, ...(key ? { key } : {}) })
  return ok(found.map(one => ({ ...line(one), at: one.at, field: one.field, blocks: doesBlock(one, 'dressed') })))
}

/** A file, or what comes in through a pipe, is taken as it is: whatever may not enter a prompt blocks. */
async function inFile(world: World, file: string): Promise<Result<readonly Line[]>> {
  const read = await readBounded(world, file)
  if (!read.ok) return read
  const text = read.value
  const [key, dictionary] = await Promise.all([localKey(), dictionaryHere(world)])
  const own = scanText(text, { engine: linearEngine, dictionary })
  const second = (await secondReading(text)).filter(one => !own.some(known => known.start < one.end && known.end > one.start))
  const starts = lineStarts(text)
  const name = file === '-' ? 'stdin' : file
  const fingerprint = (one: Found) => (key ? { fingerprint: fingerprintOf(text.slice(one.start, one.end), key) } : {})
  return ok(
    [...own, ...second]
      .sort((a, b) => a.start - b.start)
      .map(one => ({ ...line(one), ...fingerprint(one), at: `${name}:${placeAt(starts, one.start)}`, blocks: doesBlock(one) })),
  )
}

function line({ rule, action, what, cure, start, end, ...rest }: Found | FieldFound) {
  return {
    rule,
    action,
    what,
    cure,
    start,
    end,
    ...('fingerprint' in rest && rest.fingerprint ? { fingerprint: rest.fingerprint } : {}),
  }
}

/** The words of the team, when a design is near; scanning a file needs none. */
async function dictionaryHere(world: World) {
  if (world.design === undefined && findDesign(world.cwd) === undefined) return undefined
  const opened = await openDesign(world)
  return opened.ok ? dictionaryOf(opened.value.design) : undefined
}

/** Line and column, both counted from 1. */
function placeAt(starts: readonly number[], at: number): string {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return `${low + 1}:${at - (starts[low] ?? 0) + 1}`
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

async function restore(world: World, file: string, { workItem, target }: { readonly workItem: string; readonly target: string }) {
  const design = world.design ?? findDesign(world.cwd)
  if (design === undefined)
    return refuse({
      code: 'design.none',
      at: world.cwd,
      message: 'There is no design here or in a folder above.',
      cure: 'Name one with --design.',
    })
  const values = await keptValues({ design, workItem, target })
  if (values.size === 0)
    return refuse({
      code: 'scan.noValues',
      at: workItem,
      message: `On this machine nothing is kept for placeholders of the ${target} prompt of ${workItem}.`,
      cure: 'Values are kept where the prompt was made: run it there, or make the prompt again.',
    })
  const read = await readBounded(world, file)
  if (!read.ok) return read
  const text = restored(read.value, values)
  return answer({ text }, text)
}

async function readBounded(world: World, name: string): Promise<Result<string>> {
  if (name === '-') return readInput()
  const file = path.resolve(world.cwd, name)
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    return refuse({ code: 'file.missing', at: file, message: 'There is no such file.', cure: 'Check the name.' })
  if (stats.size > MOST) return tooLong(file)
  return ok(await readFile(file, 'utf8'))
}

/** Bytes that can still be as many characters as are read. */
const MOST = SCAN_LIMIT * 4

async function readInput(): Promise<Result<string>> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST) return tooLong('stdin')
    parts.push(part)
  }
  return ok(Buffer.concat(parts).toString('utf8'))
}

function tooLong(at: string): Result<never> {
  return refuse({
    code: 'scan.volume',
    at,
    message: `More than the ${SCAN_LIMIT} characters that are read.`,
    cure: 'Scan it in parts. It is never cut by itself: what was left out could hold anything.',
  })
}
