import { createHash } from 'node:crypto'
import type { FileRead, ModelFile } from '../../../core/interop/import-files.ts'

/** What the ledger keeps of an imported file: enough to know it again, nothing of what it says. */
export type ImportNote = {
  readonly file: string
  readonly sha256: string
  readonly format: string
  readonly counts: Readonly<Record<string, number>>
}

/** One note for each file that was read; the digest is the one given with the file, or that of its text as UTF-8. */
export function notesOf(
  files: readonly (ModelFile & { readonly sha256?: string })[],
  read: readonly FileRead[],
): readonly ImportNote[] {
  return read.flatMap((one, at) => {
    const given = files[at]
    if (one.kind !== 'read' || given === undefined) return []
    const { format, counts } = one.summary
    const sha256 = given.sha256 ?? `sha256:${createHash('sha256').update(given.text).digest('hex')}`
    return [{ file: one.name.split(/[\\/]/).pop() ?? '', sha256, format, counts }]
  })
}
