import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import type { HttpHost } from '../../host/node/serve-http.ts'

export type Raw = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
export type RawOptions = {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request with exactly these headers, as no browser would send it. */
export function raw({ origin }: HttpHost, { method = 'GET', path = '/', headers = {}, body }: RawOptions): Promise<Raw> {
  const { hostname, port } = new URL(origin)
  return new Promise((done, fail) => {
    const sent = request({ hostname, port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', chunk => {
        text += chunk
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

/** What the server answers to bytes on the line. */
export function bytes({ origin }: HttpHost, text: string): Promise<string> {
  return new Promise((done, fail) => {
    let heard = ''
    const line = connect(Number(new URL(origin).port), '127.0.0.1', () => line.write(text))
    line.on('data', chunk => {
      heard += chunk.toString()
    })
    line.on('close', () => done(heard))
    line.on('error', fail)
  })
}
