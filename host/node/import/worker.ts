import { parentPort, workerData } from 'node:worker_threads'
import { doImport, type Order } from './job.ts'

// Built into generated/import-worker.js as one text: it is handed its order at the start, tells its steps, answers once, and ends.
doImport(workerData as Order, said => parentPort?.postMessage(said))
