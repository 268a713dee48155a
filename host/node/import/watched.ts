import type { ImportedFiles, ImportStep } from '../../../core/interop/import-files.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import type { Order, Said } from './job.ts'

/** What an import may take: milliseconds without a step, and megabytes. */
export type ImportLimits = { readonly milliseconds: number; readonly megabytes: number }

export const IMPORT_LIMITS: ImportLimits = { milliseconds: 60_000, megabytes: 256 }

/** Why an importer ended without an answer. */
export type EndedBy = 'memory' | 'broken'

/** A thread or process that imports: started with its order, heard, and ended from outside. */
export type Importer = {
  readonly hear: (said: (said: Said) => void, ended: (why: EndedBy) => void) => void
  readonly end: () => void
}

/** Starts an importer on an order. */
export type StartImporter = (order: Order, limits: ImportLimits) => Importer | Promise<Importer>

export type Watch = {
  readonly limits?: ImportLimits
  readonly onStep?: (step: ImportStep) => void
  /** Aborted by whoever no longer wants the answer. */
  readonly signal?: AbortSignal
}

/** Has the files read apart, and answers whatever becomes of it: done, called off, silent for too long, out of memory or broken. */
export async function watchedImport(
  start: StartImporter,
  order: Order,
  { limits = IMPORT_LIMITS, onStep, signal }: Watch = {},
): Promise<Result<ImportedFiles>> {
  if (signal?.aborted) return refuse(CANCELLED)
  const importer = await start(order, limits)
  return new Promise(resolve => {
    let file = order.files[0]?.name ?? ''
    const settle = (answer: Result<ImportedFiles>): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', callOff)
      importer.end()
      resolve(answer)
    }
    const callOff = () => settle(refuse(CANCELLED))
    const tooLong = () => settle(gaveUp(file, `told nothing for ${limits.milliseconds / 1000} seconds and was stopped`))
    let timer = setTimeout(tooLong, limits.milliseconds)
    signal?.addEventListener('abort', callOff)
    if (signal?.aborted) return callOff()
    importer.hear(
      said => {
        if (said.kind === 'done') return settle(ok(said.value))
        clearTimeout(timer)
        timer = setTimeout(tooLong, limits.milliseconds)
        file = said.step.file
        onStep?.(said.step)
      },
      why => settle(gaveUp(file, WHY[why])),
    )
  })
}

const WHY: Readonly<Record<EndedBy, string>> = {
  memory: 'needs more memory than an import may use',
  broken: 'could not be read: the import ended without an answer',
}

const CANCELLED = {
  code: 'import.cancelled',
  message: 'The import was cancelled.',
  cure: 'Nothing was changed. Import the file again when it is wanted.',
}

function gaveUp(at: string, why: string): Result<never> {
  return refuse({ code: 'import.gaveUp', at, message: `${at} ${why}.`, cure: 'Nothing was changed. Import a part of it.' })
}
