import type { IncomingMessage } from 'node:http'
import type { Refused } from './guard.ts'

export type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refused: Refused }

/** The JSON body of a request, read no further than its limit in bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge(limit)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) return tooLarge(limit)
    chunks.push(chunk)
  }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }
  } catch {
    return { ok: false, refused: { status: 400, code: 'host.notJson', message: 'The body of the call is not JSON.' } }
  }
}

function tooLarge(limit: number): Body {
  const message = `The call is larger than ${Math.floor(limit / 1024)} KB.`
  return { ok: false, refused: { status: 413, code: 'host.tooLarge', message } }
}
