import { serveHub } from '../../hub/serve.ts'

/** Runs in a process of its own until it is killed: a hub over the folder it is given. */
const served = await serveHub({ dir: process.argv[2] as string, version: '0', by: 'Olga' })
if (!served.ok) throw new Error(served.problems[0].message)
process.stdout.write(`${served.value.address} ${served.value.invitation ?? ''}\n`)
