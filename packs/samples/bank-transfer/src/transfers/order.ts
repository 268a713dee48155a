/** An order as it left the checks: every field is what its type says. */
export type TransferOrder = {
  readonly idempotencyKey: string
  readonly toAccount: string
  readonly amountInCents: number
  readonly fromAccount?: string
}

export type Parsed = { readonly ok: true; readonly order: TransferOrder } | { readonly ok: false; readonly reason: string }

const ACCOUNT = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/
const KEY = /^[a-z0-9-]{16,64}$/
const FIELDS = new Set(['idempotencyKey', 'toAccount', 'amountInCents', 'fromAccount'])
const MOST = 5_000_000

/** Accepts an order only field by field; anything unknown, missing or out of range refuses the whole. */
export function parseOrder(body: unknown): Parsed {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('not an object')
  const fields = body as Readonly<Record<string, unknown>>
  const unknown = Object.keys(fields).find(name => !FIELDS.has(name))
  if (unknown !== undefined) return refuse('unknown field')
  const { idempotencyKey, toAccount, amountInCents, fromAccount } = fields
  if (typeof idempotencyKey !== 'string' || !KEY.test(idempotencyKey)) return refuse('idempotencyKey')
  if (typeof toAccount !== 'string' || !ACCOUNT.test(toAccount)) return refuse('toAccount')
  if (!Number.isSafeInteger(amountInCents) || (amountInCents as number) < 1 || (amountInCents as number) > MOST)
    return refuse('amountInCents')
  if (fromAccount !== undefined && (typeof fromAccount !== 'string' || !ACCOUNT.test(fromAccount))) return refuse('fromAccount')
  const order = { idempotencyKey, toAccount, amountInCents: amountInCents as number }
  return { ok: true, order: fromAccount === undefined ? order : { ...order, fromAccount } }
}

function refuse(reason: string): Parsed {
  return { ok: false, reason }
}
