import { Worker } from 'node:worker_threads'
import type { Order, Said } from './job.ts'
import type { Importer, ImportLimits } from './watched.ts'

/** Imports in a worker thread that knows nothing but its order: no environment, no arguments, no streams. */
export function importerOf(program: string): (order: Order, limits: ImportLimits) => Importer {
  return (order, { megabytes }) => {
    const worker = new Worker(program, {
      ...{ eval: true, workerData: order, env: {}, argv: [], execArgv: [], stdin: false, stdout: true, stderr: true },
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 64, codeRangeSizeMb: 16, stackSizeMb: 4 },
    })
    return {
      hear: (said, ended) => {
        worker.on('message', (message: Said) => said(message))
        worker.once('error', error => ended((error as { code?: unknown }).code === OUT_OF_MEMORY ? 'memory' : 'broken'))
        worker.once('exit', () => ended('broken'))
      },
      end: () => void worker.terminate(),
    }
  }
}

/** The importer that comes with the program; its text is read only when something is imported. */
export async function inWorker(order: Order, limits: ImportLimits): Promise<Importer> {
  const { program } = await import('../generated/import-worker.js')
  return importerOf(program)(order, limits)
}

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY'
