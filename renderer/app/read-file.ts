import { encodingOf } from '../../core/interop/reading/encoding.ts'
import type { Problem } from '../../core/support/result.ts'
import { readImport, refuseImport } from '../commands/definitions/import.ts'
import type { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'

/** Above this a file is no threat model; reading it would only stop the window. */
const LIMIT = 32 * 1024 * 1024

/** Hands a chosen or dropped file to the import command. */
export async function readFile(file: File | undefined, run: ReturnType<typeof useRun>): Promise<void> {
  if (!file) return
  const name = file.name
  if (file.size > LIMIT) {
    const size = Math.round(file.size / 1024 / 1024)
    run(refuseImport, {
      name,
      problem: {
        code: 'import.tooLarge',
        severity: 'error',
        at: name,
        message: t('{{name}} has {{size}} MB; a model of more than 32 MB cannot be imported here.', { name, size }),
        cure: t('Export only the threat model, without pictures or attachments.'),
      },
    })
    return
  }
  const bytes = await file.arrayBuffer().catch(() => undefined)
  if (bytes) run(readImport, { name, text: new TextDecoder(encodingOf(new Uint8Array(bytes))).decode(bytes) })
  else run(refuseImport, { name, problem: unreadable() })
}

function unreadable(): Problem {
  return {
    code: 'import.unreadable',
    severity: 'error',
    message: t('The browser could not read this file.'),
    cure: t('Choose a file, not a folder, and check that it is still there.'),
  }
}
