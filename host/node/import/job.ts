import { randomInt } from 'node:crypto'
import { type ImportedFiles, type ImportStep, importFiles, type ModelFile } from '../../../core/interop/import-files.ts'
import { explainRow } from '../../../core/model/explain.ts'
import type { Design } from '../../../core/model/types.ts'
import { importedProblems } from '../../../core/scan/imported.ts'
import { linearEngine } from '../../../core/scan/linear.ts'

/** What is asked of whoever imports: plain data, for it crosses into another thread or process. */
export type Order = {
  /** Every table plain: layers over other tables would arrive without what lies below. */
  readonly design: Design
  readonly files: readonly ModelFile[]
  readonly partial: boolean
  readonly prefer: 'design' | 'file'
  readonly by: string
  readonly at: string
}

/** What it says while it works, and at the end. */
export type Said = { readonly kind: 'step'; readonly step: ImportStep } | { readonly kind: 'done'; readonly value: ImportedFiles }

/** Reads the files of an order. Meant to run apart, where it may take its time. */
export function doImport({ design, files, partial, prefer, by, at }: Order, say: (said: Said) => void): void {
  const value = importFiles(design, files, {
    stamp: { at, by, random: () => randomInt(2 ** 32) / 2 ** 32 },
    explain: explainRow,
    partial,
    prefer,
    onStep: step => say({ kind: 'step', step }),
    inspect: model => importedProblems(model, linearEngine),
  })
  say({ kind: 'done', value })
}
