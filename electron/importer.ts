import { doImport, type Order } from '../host/node/import/job.ts'

// The process that imports: it is told one order, says its steps, and answers once.
process.parentPort.once('message', ({ data }) => doImport(data as Order, said => process.parentPort.postMessage(said)))
