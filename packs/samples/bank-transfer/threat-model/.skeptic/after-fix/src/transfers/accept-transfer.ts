import { type AuditLog, withoutControls } from './audit.ts'
import { parseOrder, type TransferOrder } from './order.ts'

/** What the session proves about the caller. */
export type Session = { readonly customer: string; readonly account: string; readonly hasSecondFactor: boolean }

export type Ledger = {
  readonly balanceOf: (account: string) => number
  /** Books once for each key; a second booking with the same key changes nothing and gives the same reference. */
  readonly transfer: (booking: {
    readonly key: string
    readonly from: string
    readonly to: string
    readonly amountInCents: number
  }) => string
}

export type Answer =
  | { readonly status: 201; readonly reference: string }
  | { readonly status: 400 | 401 | 402 | 403; readonly reason: string }

/** From this amount on, in cents, a second factor is asked: above 500.00 EUR. */
const STEP_UP_ABOVE = 50_000

/** Accepts one transfer order of a signed-in customer. */
export function acceptTransfer(
  session: Session | undefined,
  body: unknown,
  { ledger, audit }: { readonly ledger: Ledger; readonly audit: AuditLog },
): Answer {
  if (session === undefined) return { status: 401, reason: 'sign in' }
  const parsed = parseOrder(body)
  if (!parsed.ok) return deny(400, parsed.reason)
  const { order } = parsed
  if (order.amountInCents > STEP_UP_ABOVE && !session.hasSecondFactor) return deny(403, 'second factor needed')
  const from = debitAccount(session, order)
  if (from === undefined) return deny(403, 'not your account')
  if (ledger.balanceOf(from) < order.amountInCents) return deny(402, 'not covered')
  const reference = ledger.transfer({
    key: `${session.customer}:${order.idempotencyKey}`,
    from,
    to: order.toAccount,
    amountInCents: order.amountInCents,
  })
  audit.append({ event: 'transfer.accepted', customer: session.customer, reference })
  return { status: 201, reference }

  function deny(status: 400 | 402 | 403, reason: string): Answer {
    audit.append({
      event: 'transfer.denied',
      customer: session?.customer ?? 'nobody',
      reference: '',
      reason: withoutControls(reason),
    })
    return { status, reason }
  }
}

/** The account to debit comes from the session alone; an order that names another is refused. */
function debitAccount(session: Session, order: TransferOrder): string | undefined {
  return order.fromAccount === undefined || order.fromAccount === session.account ? session.account : undefined
}
