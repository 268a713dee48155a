import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { readTraces, TRACE_LENGTH, type TraceFile } from '../../../core/provenance/agent-trace.ts'
import type { Saying } from '../../../core/provenance/said.ts'
import { byText } from '../../../core/support/order.ts'
import type { Problem } from '../../../core/support/result.ts'
import { badTraceFile, otherRevisions } from './problems.ts'

/** What Agent Trace records say of the commits of a change, by commit. */
export async function tracesFor(
  { codeRoot, traces }: { readonly codeRoot: string; readonly traces?: readonly string[] },
  ids: ReadonlySet<string>,
  problems: Problem[],
): Promise<ReadonlyMap<string, readonly Saying[]>> {
  const said = new Map<string, Saying[]>()
  let others = 0
  for (const file of traces ?? (await keptTraces(codeRoot))) {
    const name = path.relative(codeRoot, file).split(path.sep).join('/')
    const { records, problems: found } = await traceFile(file, name)
    problems.push(...found)
    for (const { revision, sayings } of records) {
      if (revision === undefined || !ids.has(revision)) others++
      else said.set(revision, [...(said.get(revision) ?? []), ...sayings])
    }
  }
  if (others > 0) problems.push(otherRevisions(others))
  return said
}

/** Where the reference implementation of Agent Trace keeps its records; the specification leaves the place open. */
async function keptTraces(codeRoot: string): Promise<readonly string[]> {
  const folder = path.join(codeRoot, '.agent-trace')
  const names = await readdir(folder).catch(() => [])
  return names
    .filter(name => /\.jsonl?$/.test(name))
    .sort(byText)
    .slice(0, 100)
    .map(name => path.join(folder, name))
}

async function traceFile(file: string, name: string): Promise<TraceFile> {
  const nothing = (message: string): TraceFile => ({ records: [], problems: [badTraceFile(name, message)] })
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile()) return nothing('There is no such file.')
  if (stats.size > TRACE_LENGTH) return nothing(`The file has ${stats.size} bytes; at most ${TRACE_LENGTH} are read.`)
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return nothing('The file cannot be read.')
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? readTraces(name, text) : nothing('The file is no UTF-8.')
}
