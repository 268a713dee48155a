import path from 'node:path'
import { utilityProcess } from 'electron'
import type { Handlers } from '../host/contract.ts'
import type { Room } from '../host/node/rooms.ts'
import { refusal } from './refusal.ts'

type ImportRead = Handlers['import.read']
type Answer = Awaited<ReturnType<ImportRead>>

type Limits = { readonly program: string; readonly milliseconds: number; readonly megabytes: number }

const LIMITS: Limits = { program: path.join(import.meta.dirname, 'importer.cjs'), milliseconds: 30_000, megabytes: 1024 }

/** Reads a stranger's model in a process of its own, which may run out of memory or time without taking the window with it. */
export function importApart(room: Room, by: string, { program, milliseconds, megabytes } = LIMITS): ImportRead {
  return input =>
    new Promise(done => {
      const execArgv = [`--max-old-space-size=${megabytes}`]
      const child = utilityProcess.fork(program, [], { serviceName: 'Skeptic import', execArgv, stdio: 'ignore' })
      const finish = (answer: Answer) => {
        clearTimeout(timer)
        child.kill()
        done(answer)
      }
      const timer = setTimeout(
        () => finish(gaveUp(input.name, `took longer than ${milliseconds / 1000} seconds to read`)),
        milliseconds,
      )
      child.once('message', answer => finish(answer as Answer))
      child.once('exit', () => finish(gaveUp(input.name, 'could not be read: it needs more memory than an import may use')))
      child.postMessage({ design: room.design(), by, input })
    })
}

function gaveUp(at: string, why: string): Answer {
  return refusal({ code: 'import.gaveUp', at, message: `${at} ${why}.`, cure: 'Nothing was changed. Import a part of it.' })
}
