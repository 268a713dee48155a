import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { importModel } from '../core/interop/import.ts'
import type { Design, Stamp } from '../core/model/types.ts'

/** A model of somebody else, read. */
export type Model = {
  readonly file: string
  readonly design: Design
  /** It stands among the tests of its tool: nobody modelled a system with it. */
  readonly isTestFile: boolean
}

/** A model that no reader reads. */
export type Unread = { readonly file: string; readonly why: string; readonly threats: number | undefined }

/** All models of the corpus, each read or with the reason why not. */
export type Corpus = { readonly read: readonly Model[]; readonly unread: readonly Unread[] }

/** Where the corpus lies beside the repository; undefined on machines without it. */
export function corpusBeside(root: string): string | undefined {
  const models = path.resolve(root, '../shared/corpus/models')
  return existsSync(path.join(models, 'SOURCES.tsv')) ? models : undefined
}

/** Schemas, rule libraries and drawings are no models; a file made to be broken is none either. */
const NO_MODEL = /(^|\/)_|\.tb7$|\.dot$|\.plantuml$|pytm-threatlib|behavior-mockup/

const stamp: Stamp = {
  at: '2026-01-01T00:00:00Z',
  by: 'corpus',
  random: () => {
    throw new Error('an import draws no random ids')
  },
}

/** Reads everything in the order of its list. */
export function readCorpus(models: string): Corpus {
  const read: Model[] = []
  const unread: Unread[] = []
  for (const { file, isTestFile } of listed(models)) {
    const text = readFileSync(path.join(models, file), 'utf8')
    const result = importModel(path.basename(file), text, { stamp })
    if (result.ok) read.push({ file, design: result.value.design, isTestFile })
    else unread.push({ file, why: result.problems[0].message, threats: threatsIn(file, text) })
  }
  return { read, unread }
}

function listed(models: string): readonly { readonly file: string; readonly isTestFile: boolean }[] {
  const lines = readFileSync(path.join(models, 'SOURCES.tsv'), 'utf8').trim().split('\n').slice(1)
  return lines
    .map(line => line.split('\t'))
    .filter(([file = '', , , , , , note = '']) => file !== '' && !note.includes('NEGATIVE') && !NO_MODEL.test(file))
    .filter(([file = '']) => existsSync(path.join(models, file)))
    .map(([file = '', , origin = '']) => ({ file, isTestFile: /(^|\/)tests?\//.test(origin) }))
}

/** How many threats an unread file records, by a look at its text; undefined where nobody counted. */
function threatsIn(file: string, text: string): number | undefined {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  if (file.endsWith('.hcl')) return count(/^\s*threat "/gm)
  if (file.startsWith('cairis/')) return count(/<threat /g)
  if (file.includes('threagile')) return 0
  if (file.startsWith('threatcl/')) return count(/"(Crown|Gold) theft"/g)
  const threats = /^\s*\{/.test(text) ? (JSON.parse(text) as { threats?: unknown }).threats : undefined
  const list = Array.isArray(threats) ? threats : (threats as { threats?: unknown } | undefined)?.threats
  return Array.isArray(list) ? list.length : undefined
}
