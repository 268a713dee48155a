import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { byText } from '../../core/support/order.ts'
import { securityHeaders, servedAs } from './csp.ts'

/** A file of the built workbench, in memory. */
export type SiteFile = { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> }

/** Every file there is to serve, by its exact address. What is not in here does not exist: no path is ever built from a request. */
export type Site = ReadonlyMap<string, SiteFile>

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Reads the built workbench once; links and files of unknown kinds are left out, `index.html` also answers `/`. */
export function readSite(folder: string): Site {
  const site = new Map<string, SiteFile>()
  for (const name of namesBelow(folder, '')) {
    const type = TYPES[path.extname(name)]
    if (type === undefined) continue
    const address = `/${encodeURI(name)}`
    const headers = { ...securityHeaders(servedAs(address)), 'content-type': type }
    const file = { body: readFileSync(path.join(folder, name)), headers }
    site.set(address, file)
    if (address === '/index.html') site.set('/', file)
  }
  return site
}

function namesBelow(folder: string, inner: string): string[] {
  return readdirSync(path.join(folder, inner), { withFileTypes: true })
    .filter(entry => !entry.name.startsWith('.'))
    .sort((a, b) => byText(a.name, b.name))
    .flatMap(entry => {
      const name = path.posix.join(inner, entry.name)
      return entry.isDirectory() ? namesBelow(folder, name) : entry.isFile() ? [name] : []
    })
}
