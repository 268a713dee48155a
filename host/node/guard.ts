import type { IncomingMessage } from 'node:http'
import { securityHeaders } from './csp.ts'

/** Why a request is turned away before anyone looks at what it wants; nothing when it may come in. */
export type Refused = { readonly status: number; readonly code: string; readonly message: string }

/**
 * A loopback port is reachable from every web page. The Host header must name this very address, so that a name which
 * was made to point here (DNS rebinding) gets nothing; whatever acts must come from a page of this very origin.
 */
export function refusedHost(request: IncomingMessage, port: number): Refused | undefined {
  if (isOurHost(request.headers.host, port) && headerCount(request, 'host') === 1) return undefined
  return { status: 421, code: 'host.wrongHost', message: 'This address is not served here.' }
}

/** For everything that acts, and for the line of events: the Origin must be there and be ours exactly. */
export function refusedOrigin(request: IncomingMessage): Refused | undefined {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOurs = origin === `http://${host}` && (site === undefined || site === 'same-origin')
  return isOurs ? undefined : { status: 403, code: 'host.wrongOrigin', message: 'Only pages served from here may do this.' }
}

/** Only `application/json`: what a form or an image of a foreign page can send without asking is none of it. */
export function refusedType(request: IncomingMessage): Refused | undefined {
  if (/^application\/json(?:; ?charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) return undefined
  return { status: 415, code: 'host.notJson', message: 'Calls are sent as application/json.' }
}

const NAMES = new Set(['127.0.0.1', '[::1]', 'localhost'])

function isOurHost(host: string | undefined, port: number): boolean {
  const parts = /^(.+):(\d{1,5})$/.exec(host ?? '')
  return parts !== null && NAMES.has((parts[1] as string).toLowerCase()) && Number(parts[2]) === port
}

function headerCount(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((header, i) => i % 2 === 0 && header.toLowerCase() === name).length
}

/** A refusal where there is no ServerResponse to write it. */
export function rawRefusal(status: number): string {
  const headers = Object.entries({ ...securityHeaders(), 'content-length': '0', connection: 'close' })
  return [`HTTP/1.1 ${status} Refused`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
}
