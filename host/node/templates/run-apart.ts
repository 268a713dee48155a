import { Worker } from 'node:worker_threads'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { program as built } from '../generated/template-worker.js'
import type { Done, Job } from './job.ts'

/** What a job may take. Starting the worker is part of the time, so a loaded machine needs room. */
export type ApartLimits = { readonly milliseconds: number; readonly megabytes: number }

const LIMITS: ApartLimits = { milliseconds: 10_000, megabytes: 64 }

/** One worker at a time, however many windows ask. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Does a job with templates in a worker that knows nothing but the job: no environment, no arguments, no streams. It is ended when it
 * takes too long or too much memory; this thread only waits.
 */
export function runApart(job: Job, { limits = LIMITS, program = built }: ApartOptions = {}): Promise<Result<Done>> {
  const turn = last.then(() => inWorker(JSON.stringify(job), limits, program))
  last = turn
  return turn
}

export type ApartOptions = { readonly limits?: ApartLimits; readonly program?: string }

function inWorker(job: string, { milliseconds, megabytes }: ApartLimits, program: string): Promise<Result<Done>> {
  return new Promise(resolve => {
    const worker = new Worker(program, {
      ...{ eval: true, workerData: job, env: {}, argv: [], execArgv: [], stdin: false, stdout: true, stderr: true },
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 16, codeRangeSizeMb: 16, stackSizeMb: 2 },
    })
    const settle = (answer: Result<Done>): void => {
      clearTimeout(timer)
      resolve(answer)
      void worker.terminate()
    }
    const timer = setTimeout(() => settle(refuse(tooLong(milliseconds))), milliseconds)
    worker.once('message', (text: unknown) => settle(readAnswer(text)))
    worker.once('error', error => settle(refuse((error as { code?: unknown }).code === OUT_OF_MEMORY ? TOO_MUCH : BROKEN)))
    worker.once('exit', () => settle(refuse(BROKEN)))
  })
}

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY'

function readAnswer(text: unknown): Result<Done> {
  return typeof text === 'string' ? ok(JSON.parse(text) as Done) : refuse(BROKEN)
}

function tooLong(milliseconds: number) {
  return {
    code: 'template.time',
    at: 'templates/',
    message: `The templates took longer than ${milliseconds / 1000} seconds and were stopped.`,
    cure: 'Make them smaller, or take out the one that was added last.',
  }
}

const TOO_MUCH = {
  code: 'template.memory',
  at: 'templates/',
  message: 'The templates took more memory than they may and were stopped.',
  cure: 'Make them smaller, or take out the one that was added last.',
}

const BROKEN = {
  code: 'template.stopped',
  at: 'templates/',
  message: 'The templates could not be run: their worker ended without an answer.',
  cure: 'Use the built-in template, and take out the one that was added last.',
}
