import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { CALL_LIMIT, type Handlers } from '../contract.ts'
import { readBody } from './body.ts'
import { securityHeaders } from './csp.ts'
import { dispatch, type Report } from './dispatch.ts'
import { serveEvents } from './events.ts'
import { type Refused, rawRefusal, refusedHost, refusedOrigin, refusedType } from './guard.ts'
import type { Room } from './rooms.ts'
import { newSessions, type Sessions } from './sessions.ts'
import type { Site } from './site.ts'

export type HttpOptions = {
  readonly room: Room
  readonly handlers: Handlers
  /** The built workbench. */
  readonly site: Site
  /** 0, the default: a free one. */
  readonly port?: number
  readonly report?: Report
}

export type HttpHost = {
  readonly origin: string
  readonly token: string
  /** Where a browser goes: the origin with the launch token in its fragment. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Serves the workbench to browsers of this machine, and to nobody else. */
export async function serveHttp(options: HttpOptions): Promise<Result<HttpHost>> {
  let port = 0
  const sessions = newSessions(() => port)
  const desk: Desk = { ...options, sessions, port: () => port }
  const servers = [createServer(), createServer()] as const
  const events = serveEvents(options.room, (request: IncomingMessage) => refusedUpgrade(request, desk))
  for (const server of servers) prepare(server, desk, events.upgrade)
  try {
    port = await listen(servers[0], options.port ?? 0, '127.0.0.1')
  } catch (error) {
    events.close()
    return refuse({
      code: 'serve.port',
      message: `Port ${options.port ?? 0} cannot be used: ${(error as NodeJS.ErrnoException).code}.`,
      cure: 'Name another port, or none for a free one.',
    })
  }
  // the same port for IPv6, where the machine has it and it is free
  await listen(servers[1], port, '::1').catch(() => {})
  const origin = `http://127.0.0.1:${port}`
  const close = async () => {
    events.close()
    await Promise.all(servers.map(stop))
  }
  return ok({ origin, token: sessions.token, address: `${origin}/#token=${sessions.token}`, close })
}

type Desk = Omit<HttpOptions, 'port'> & { readonly sessions: Sessions; readonly port: () => number }

function prepare(server: Server, desk: Desk, upgrade: Parameters<Server['on']>[1]): void {
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.maxConnections = 256
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    respond(request, response, desk).catch(error => {
      desk.report?.('http', error)
      if (!response.headersSent) turnAway(response, { status: 500, code: 'host.unexpected', message: 'The host failed at this.' })
      else response.destroy()
    })
  })
  server.on('upgrade', upgrade)
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(rawRefusal(400))
  })
}

async function respond(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const refused = refusedHost(request, desk.port())
  if (refused) return turnAway(response, refused)
  if (request.method === 'GET' || request.method === 'HEAD') return serveFile(request, response, desk.site)
  if (request.method !== 'POST') return turnAway(response, { ...NOT_ALLOWED, status: 405 })
  const call = /^\/call\/([a-zA-Z.]{1,50})$/.exec(request.url ?? '')?.[1]
  if (call === undefined && request.url !== '/session') return turnAway(response, NOT_FOUND)
  const early = refusedOrigin(request) ?? refusedType(request) ?? (call === undefined ? undefined : refusedSession(request, desk))
  if (early) return turnAway(response, early)
  const body = await readBody(request, call === undefined ? SESSION_LIMIT : limitOf(call))
  if (!body.ok) return turnAway(response, body.refused)
  if (call === undefined) return startSession(body.value, { request, response, sessions: desk.sessions })
  answer(response, 200, await dispatch(desk.handlers, { name: call, input: body.value }, desk.report))
}

const SESSION_LIMIT = 1024
const NOT_FOUND: Refused = { status: 404, code: 'host.notFound', message: 'There is nothing at this address.' }
const NOT_ALLOWED: Refused = { status: 405, code: 'host.method', message: 'Only GET and POST are answered.' }
const NO_SESSION: Refused = { status: 401, code: 'host.session', message: 'This window was not let in.' }

/** Only an import carries a file. */
function limitOf(call: string): number {
  return call === 'import.read' ? CALL_LIMIT : 1024 * 1024
}

function refusedSession(request: IncomingMessage, { sessions }: Desk): Refused | undefined {
  return sessions.knows(request.headers.cookie) ? undefined : NO_SESSION
}

function refusedUpgrade(request: IncomingMessage, desk: Desk): Refused | undefined {
  if (request.url !== '/events') return NOT_FOUND
  return refusedHost(request, desk.port()) ?? refusedOrigin(request) ?? refusedSession(request, desk)
}

type Entrance = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly sessions: Sessions }

/** Lets a window in by the token, or because it was let in before: a window loaded again shows no token. */
function startSession(body: unknown, { request, response, sessions }: Entrance): void {
  const cookie = sessions.start((body as { readonly token?: unknown } | null)?.token)
  if (cookie !== undefined) response.setHeader('set-cookie', cookie)
  if (cookie === undefined && !sessions.knows(request.headers.cookie)) turnAway(response, NO_SESSION)
  else answer(response, 200, ok(true))
}

function serveFile(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const file = site.get((request.url ?? '').split('?', 1)[0] as string)
  if (file) {
    response.writeHead(200, { ...file.headers, 'content-length': file.body.length })
    response.end(request.method === 'HEAD' ? undefined : file.body)
  } else turnAway(response, NOT_FOUND)
}

/** A refusal in the form of the contract, so that every client can show it. */
function turnAway(response: ServerResponse, { status, code, message }: Refused): void {
  if (status === 405) response.setHeader('allow', 'GET, HEAD, POST')
  if (status === 413) response.setHeader('connection', 'close')
  answer(response, status, refuse({ code, message, cure: 'Open the address that Skeptic printed when it was started.' }))
}

function answer(response: ServerResponse, status: number, result: Result<unknown>): void {
  const body = JSON.stringify(result)
  const headers = {
    ...securityHeaders(),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  }
  response.writeHead(status, headers)
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen({ port, host, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', fail)
      done((server.address() as AddressInfo).port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(done => {
    if (!server.listening) return done()
    server.close(() => done())
    server.closeAllConnections()
  })
}
