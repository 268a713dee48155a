import { describe, expect, test } from 'vitest'
import { acceptTransfer, type Ledger, type Session } from '../../src/transfers/accept-transfer.ts'
import type { AuditEvent } from '../../src/transfers/audit.ts'

const OWN = 'DE02120300000000202051'
const OTHER = 'DE02500105170137075030'
const PARTNER = 'NL91ABNA0417164300'
const KEY = 'order-0000-0000-0001'

function bank() {
  const balances = new Map([
    [OWN, 1_000_000],
    [OTHER, 1_000_000],
  ])
  const booked = new Map<string, string>()
  const events: AuditEvent[] = []
  const ledger: Ledger = {
    balanceOf: account => balances.get(account) ?? 0,
    transfer: ({ key, from, amountInCents }) => {
      const known = booked.get(key)
      if (known !== undefined) return known
      balances.set(from, (balances.get(from) ?? 0) - amountInCents)
      const reference = `T${booked.size + 1}`
      booked.set(key, reference)
      return reference
    },
  }
  return { balances, events, world: { ledger, audit: { append: (event: AuditEvent) => void events.push(event) } } }
}

const session: Session = { customer: 'customer-1', account: OWN, hasSecondFactor: false }
const order = { idempotencyKey: KEY, toAccount: PARTNER, amountInCents: 12_345 }

describe('transfers', () => {
  test('RDEB1T accepts an order and debits the account of the session', () => {
    const { balances, world } = bank()
    expect(acceptTransfer(session, order, world)).toEqual({ status: 201, reference: 'T1' })
    expect(balances.get(OWN)).toBe(1_000_000 - 12_345)
  })

  test("RDEB1T TDEB1T_M0WNER denies a debit of another customer's account", () => {
    const { balances, world } = bank()
    acceptTransfer(session, { ...order, fromAccount: OTHER }, world)
    expect(balances.get(OTHER)).toBe(1_000_000)
  })

  test('denies an order without a session', () => {
    const { events, world } = bank()
    expect(acceptTransfer(undefined, order, world).status).toBe(401)
    expect(events).toEqual([])
  })

  test('RSTEPV TST01E_MSTEPV asks for a second factor above 500.00 EUR and not at 500.00', () => {
    expect(acceptTransfer(session, { ...order, amountInCents: 50_001 }, bank().world).status).toBe(403)
    expect(acceptTransfer(session, { ...order, amountInCents: 50_000 }, bank().world).status).toBe(201)
    expect(acceptTransfer({ ...session, hasSecondFactor: true }, { ...order, amountInCents: 50_001 }, bank().world).status).toBe(
      201,
    )
  })

  test('R0NCE1 TTW1CE_M0NCE1 denies a replay: the same key books once', () => {
    const { balances, world } = bank()
    acceptTransfer(session, order, world)
    acceptTransfer(session, order, world)
    expect(balances.get(OWN)).toBe(1_000_000 - 12_345)
  })

  test.each([
    ['an unknown field', { ...order, admin: true }],
    ['a negative amount', { ...order, amountInCents: -1 }],
    ['a fraction of a cent', { ...order, amountInCents: 1.5 }],
    ['an amount as text', { ...order, amountInCents: '100' }],
    ['a key with a quote', { ...order, idempotencyKey: "order-0000-0000' OR 1=1" }],
    ['an account with markup', { ...order, toAccount: '<script>' }],
    ['an array', [order]],
  ])('RF1E1D TBADF0_MSCHEM rejects %s', (_, body) => {
    expect(acceptTransfer(session, body, bank().world).status).toBe(400)
  })

  test('denies an order that is not covered', () => {
    expect(
      acceptTransfer({ ...session, hasSecondFactor: true }, { ...order, amountInCents: 1_000_001 }, bank().world).status,
    ).toBe(402)
  })

  test('RAVD1T RPR1VY TTRA11_MTRA11 records every accepted and denied order in the audit log, and does not log account numbers', () => {
    const { events, world } = bank()
    acceptTransfer(session, order, world)
    acceptTransfer(session, { ...order, amountInCents: 60_000 }, world)
    expect(events.map(event => event.event)).toEqual(['transfer.accepted', 'transfer.denied'])
    expect(JSON.stringify(events)).not.toMatch(/DE02|NL91/)
  })

  test('TANSWR_MANSWR an answer does not leak accounts or balances', () => {
    const { world } = bank()
    const answers = [order, { ...order, amountInCents: 60_000 }, { ...order, toAccount: 'x' }].map(body =>
      acceptTransfer(session, body, world),
    )
    expect(answers.map(answer => answer.status)).toEqual([201, 403, 400])
    expect(JSON.stringify(answers)).not.toMatch(/DE02|NL91|1000000|987655/)
  })

  test('TF0RGE_MENC0D audit log: a line break from outside stays out of the entry', () => {
    const { events, world } = bank()
    acceptTransfer(session, { ...order, toAccount: 'x\r\nforged line' }, world)
    expect(JSON.stringify(events)).not.toMatch(/\\r|\\n/)
  })
})
