import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { securityHeaders, servedAs } from '../host/node/csp.ts'
import { isOurUrl, OUR_ORIGIN } from './policy.ts'

/** Every file the window may load, by its path in the address: written when the workbench is built, so nothing else is reachable. */
export type Files = Readonly<Record<string, { readonly file: string; readonly type: string }>>

export type Question = { readonly url: string; readonly method: string }

const SCHEME = new URL(OUR_ORIGIN).protocol.slice(0, -1)

/** Must run before the app is ready; a standard, secure scheme gets an origin, storage and module scripts. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Serves the built workbench below `folder`. */
export function serveFiles(folder: string, files: Files): void {
  protocol.handle(SCHEME, request => answer(request, files, name => readFile(path.join(folder, name))))
}

/** The response to one request. Refusals carry the policy too: a worker or frame without it would run outside of it. */
export async function answer(question: Question, files: Files, read: (name: string) => Promise<Uint8Array>): Promise<Response> {
  const address = addressOf(question)
  const found = files[address]
  const headers = securityHeaders(servedAs(address))
  const body = found && (await read(found.file).catch(() => undefined))
  if (found === undefined || body === undefined) return new Response('', { status: 404, headers })
  return new Response(new Uint8Array(body), { status: 200, headers: { ...headers, 'content-type': found.type } })
}

function addressOf({ url, method }: Question): string {
  if (method !== 'GET' || !isOurUrl(url)) return ''
  return new URL(url).pathname
}
