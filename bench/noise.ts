import { table } from '../cli/table.ts'
import { sizeOf } from '../core/model/table.ts'
import type { RulePack } from '../core/model/types.ts'
import { deriveFindings } from '../core/threats/engine.ts'
import { mergedFindings } from '../core/threats/merged.ts'
import type { Corpus, Model } from './corpus-models.ts'

/** How many findings a model gives, and how many threats its authors kept. */
export type Noise = {
  readonly name: string
  readonly elements: number
  readonly flows: number
  readonly all: number
  readonly now: number
  /** The same, with findings that say the same counted once: what a person is asked. */
  readonly asked: number
  readonly later: number
  readonly suppressed: number
  readonly recorded: number
}

/** One line for every model that holds an element. */
export function noiseOf({ read }: Corpus, packs: readonly RulePack[]): readonly Noise[] {
  return read.filter(({ design }) => sizeOf(design.elements) > 0).map(model => noiseIn(model, packs))
}

function noiseIn({ file, design }: Model, packs: readonly RulePack[]): Noise {
  const { findings } = deriveFindings(design, packs)
  const applying = findings.filter(({ applicability }) => applicability === 'applies')
  const now = applying.filter(({ attention }) => attention === 'now')
  return {
    name: file,
    elements: sizeOf(design.elements),
    flows: sizeOf(design.flows),
    all: findings.length,
    now: now.length,
    asked: mergedFindings(now).length,
    later: applying.length - now.length,
    suppressed: findings.filter(({ applicability }) => applicability === 'suppressed').length,
    recorded: sizeOf(design.threats),
  }
}

/** All models as one. */
export function totalOf(rows: readonly Noise[]): Noise {
  const sum = (field: Exclude<keyof Noise, 'name'>) => rows.reduce((total, row) => total + row[field], 0)
  const name = `All ${rows.length} models`
  const size = { elements: sum('elements'), flows: sum('flows'), all: sum('all') }
  return {
    name,
    ...size,
    now: sum('now'),
    asked: sum('asked'),
    later: sum('later'),
    suppressed: sum('suppressed'),
    recorded: sum('recorded'),
  }
}

const HEAD = ['model', 'elements', 'flows', 'findings', 'now', 'asked', 'later', 'suppressed', 'recorded', 'now of all']

export function noiseText(corpus: Corpus, packs: readonly RulePack[]): string {
  const rows = noiseOf(corpus, packs)
  return [
    'Findings of the default packs. Asked: findings now, with those that say the same counted once. Recorded: threats the authors kept.',
    '',
    table(HEAD, [...rows, totalOf(rows)].map(lineOf)),
    '',
    `${corpus.unread.length} files of the corpus are in formats that no reader reads; coverage lists them.`,
    '',
  ].join('\n')
}

function lineOf({ name, elements, flows, all, now, asked, later, suppressed, recorded }: Noise): readonly string[] {
  const share = all === 0 ? '-' : `${Math.round((now * 100) / all)} %`
  return [name, ...[elements, flows, all, now, asked, later, suppressed, recorded].map(String), share]
}
