import type { Dictionary } from '../../core/scan/dictionary.ts'
import type { Found } from '../../core/scan/found.ts'
import { trustedWorker } from '../state/trusted-worker.ts'
import workerUrl from './worker.ts?worker&url'

export type Asked = { readonly id: number; readonly text: string; readonly dictionary: Dictionary | undefined }
export type Answered = { readonly id: number; readonly found: readonly Found[] }

let worker: Worker | undefined
let last = 0
const waiting = new Map<number, (found: readonly Found[]) => void>()

/** What is found in a text. The worker starts with the first question; where none can start, nothing is found here and the host looks. */
export function askScan(text: string, dictionary: Dictionary | undefined): Promise<readonly Found[]> {
  worker ??= start()
  const running = worker
  return new Promise(resolve => {
    const id = ++last
    waiting.set(id, resolve)
    running.postMessage({ id, text, dictionary } satisfies Asked)
  })
}

function start(): Worker {
  const made = new Worker(trustedWorker(new URL(workerUrl, import.meta.url).href), { type: 'module' })
  made.addEventListener('message', (event: MessageEvent<Answered>) => {
    waiting.get(event.data.id)?.(event.data.found)
    waiting.delete(event.data.id)
  })
  made.addEventListener('error', () => {
    for (const resolve of waiting.values()) resolve([])
    waiting.clear()
  })
  return made
}
