import { encodingOf } from '../../core/support/encoding.ts'
import type { Problem } from '../../core/support/result.ts'
import type { FileGiven } from '../../host/contract.ts'
import { readImport, refuseImport } from '../commands/definitions/import.ts'
import type { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'

/** Above this a file is no threat model; reading it would only stop the window. */
const LIMIT = 32 * 1024 * 1024

/** Hands chosen or dropped files to the import command, which reads them together. */
export async function readFiles(files: FileList | null, run: ReturnType<typeof useRun>): Promise<void> {
  const chosen = [...(files ?? [])]
  const [first] = chosen
  if (!first) return
  const size = chosen.reduce((sum, file) => sum + file.size, 0)
  if (size > LIMIT) return run(refuseImport, { name: first.name, problem: tooLarge(chosen, size) })
  const given: FileGiven[] = []
  for (const file of chosen) {
    const bytes = await file.arrayBuffer().catch(() => undefined)
    if (!bytes) return run(refuseImport, { name: file.name, problem: unreadable() })
    given.push(await givenOf(file.name, bytes))
  }
  run(readImport, given)
}

/** Windows programs write UTF-16 and say so with the first two bytes. The hash is of the bytes, for the text no longer tells. */
async function givenOf(name: string, bytes: ArrayBuffer): Promise<FileGiven> {
  const text = new TextDecoder(encodingOf(new Uint8Array(bytes))).decode(bytes)
  if (!crypto.subtle) return { name, text }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { name, text, sha256: `sha256:${[...hash].map(byte => byte.toString(16).padStart(2, '0')).join('')}` }
}

function tooLarge(files: readonly File[], bytes: number): Problem {
  const size = Math.round(bytes / 1024 / 1024)
  const [first] = files
  return {
    code: 'import.tooLarge',
    severity: 'error',
    ...(first ? { at: first.name } : {}),
    message:
      files.length === 1
        ? t('{{name}} has {{size}} MB; a model of more than 32 MB cannot be imported here.', { name: first?.name ?? '', size })
        : t('Together the files have {{size}} MB; more than 32 MB cannot be imported at once.', { size }),
    cure: t('Export only the threat model, without pictures or attachments.'),
  }
}

function unreadable(): Problem {
  return {
    code: 'import.unreadable',
    severity: 'error',
    message: t('The browser could not read this file.'),
    cure: t('Choose a file, not a folder, and check that it is still there.'),
  }
}
