import path from 'node:path'
import { utilityProcess } from 'electron'
import type { Said } from '../host/node/import/job.ts'
import type { StartImporter } from '../host/node/import/watched.ts'

const PROGRAM = path.join(import.meta.dirname, 'importer.cjs')

/** Reads strangers' models in a process of its own, which may run out of memory or time without taking the window with it. */
export function importerIn(program: string): StartImporter {
  return (order, { megabytes }) => {
    const execArgv = [`--max-old-space-size=${megabytes}`]
    const child = utilityProcess.fork(program, [], { serviceName: 'Skeptic import', execArgv, stdio: 'ignore' })
    return {
      hear: (said, ended) => {
        child.on('message', message => said(message as Said))
        // A process that ends before it answered ran out of memory; nothing else ends it.
        child.once('exit', () => ended('memory'))
        child.postMessage(order)
      },
      end: () => void child.kill(),
    }
  }
}

/** The importer that comes with the desktop app. */
export const startProcess: StartImporter = importerIn(PROGRAM)
