import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { lockerService } from './lockers.js'

const STATUS = { opened: 200, refused: 403, paused: 429 }
const MOST = 256

/** One route for everybody at a locker; everything else is not there. */
export function server(service) {
  return createServer(async (request, response) => {
    const say = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method !== 'POST' || request.url !== '/pick-up') return say(404, { result: 'unknown' })
    let text = ''
    for await (const part of request) {
      text += part
      if (text.length > MOST) return say(413, { result: 'refused' })
    }
    const entered = parsed(text)
    if (!entered) return say(400, { result: 'refused' })
    const { result } = service(entered)
    say(STATUS[result], { result })
  })
}

function parsed(text) {
  try {
    const { bank, code } = JSON.parse(text)
    return typeof bank === 'string' && bank.length <= 16 ? { bank, code } : undefined
  } catch {
    return undefined
  }
}

if (process.argv[1] === import.meta.filename) {
  const service = lockerService({
    parcels: new Map([['12345678', { bank: 'B1', locker: 7 }]]),
    log: line => appendFileSync('attempts.log', `${line}\n`),
    open: order => console.log('open', order),
    now: Date.now,
  })
  server(service).listen(Number(process.env.PORT ?? 8080))
}
