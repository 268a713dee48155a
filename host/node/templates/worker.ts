import { parentPort, workerData } from 'node:worker_threads'
import { doJob, type Job } from './job.ts'

// Built into generated/worker.js as one text: it is handed its job at the start, answers once, and ends.
parentPort?.postMessage(JSON.stringify(doJob(JSON.parse(workerData as string) as Job)))
