import { plainTable } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Packs, Table } from '../../core/model/types.ts'
import type { Difference } from '../../core/reports/difference.ts'
import { trustedWorker } from '../state/trusted-worker.ts'
import workerUrl from './worker.ts?worker&url'

/** Two designs, and what both are judged by. */
export type Compared = {
  readonly before: Design
  readonly after: Design
  readonly packs: Packs
  readonly at: string
  /** The last version of the prompt of each work item that was issued. */
  readonly issued: ReadonlyMap<string, number>
}

export type Answered =
  | { readonly kind: 'deriving'; readonly done: number; readonly of: number }
  | { readonly kind: 'ready'; readonly difference: Difference }

/** Derives the difference apart from the window; `hear` is told of each step, and then of the answer. Returned: how to call it off. */
export function askDifference(
  { before, after, ...rest }: Compared,
  hear: (answer: Answered | { readonly kind: 'failed' }) => void,
): () => void {
  const worker = new Worker(trustedWorker(new URL(workerUrl, import.meta.url).href), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<Answered>) => {
    hear(event.data)
    if (event.data.kind === 'ready') worker.terminate()
  })
  worker.addEventListener('error', () => {
    hear({ kind: 'failed' })
    worker.terminate()
  })
  worker.postMessage({ before: plain(before), after: plain(after), ...rest } satisfies Compared)
  return () => worker.terminate()
}

/** A large table is layers of prototypes, which no message carries. */
function plain(design: Design): Design {
  const tables = TABLE_NAMES.map(name => [name, plainTable(design[name] as Table<AnyRow>)])
  return Object.fromEntries(tables) as unknown as Design
}
