import type { HubLimits } from '../schemas/generated/types.ts'

export type Limits = { readonly [K in keyof HubLimits]-?: number }

export const DEFAULT_LIMITS: Limits = {
  connectionsPerAddress: 64,
  messagesPerSecond: 400,
  bytesPerSecond: 4 * 1024 * 1024,
  documentBytes: 64 * 1024 * 1024,
  clientsPerDocument: 20_000,
  clientsPerPerson: 5000,
  clientsPerSession: 64,
  signInSeconds: 10,
  failuresPerMinute: 30,
  compactBytes: 4 * 1024 * 1024,
}

/** Bytes of one message on the socket, of presence in it, and of everything before somebody is signed in. */
export const MESSAGE_BYTES = 1024 * 1024
export const PRESENCE_BYTES = 2048
export const SIGN_IN_BYTES = 64 * 1024

/** Seconds' worth that may come at once. */
const BURST = 5

/** What one address of a socket may do. Never a header: whoever writes headers could be anybody. */
export type AddressLimiter = {
  readonly enter: (address: string) => boolean
  readonly leave: (address: string) => void
  readonly message: (address: string, bytes: number) => boolean
  /** Notes a refused sign-in. */
  readonly failed: (address: string) => void
  /** Whether fewer sign-ins than allowed were refused from there within the last minute. */
  readonly mayTry: (address: string) => boolean
}

type Spent = { open: number; messages: number; bytes: number; at: number; failures: number; failedAt: number }

export function limitAddresses(limits: Limits, now: () => number): AddressLimiter {
  const addresses = new Map<string, Spent>()

  function spentBy(address: string): Spent {
    let spent = addresses.get(address)
    if (!spent) {
      if (addresses.size > 10_000) forgetIdle()
      spent = { open: 0, messages: 0, bytes: 0, at: now(), failures: 0, failedAt: 0 }
      addresses.set(address, spent)
    }
    const seconds = Math.max(0, now() - spent.at) / 1000
    spent.messages = Math.max(0, spent.messages - seconds * limits.messagesPerSecond)
    spent.bytes = Math.max(0, spent.bytes - seconds * limits.bytesPerSecond)
    spent.at = now()
    if (now() - spent.failedAt > 60_000) spent.failures = 0
    return spent
  }

  function forgetIdle(): void {
    for (const [address, spent] of addresses)
      if (spent.open === 0 && now() - Math.max(spent.at, spent.failedAt) > 60_000) addresses.delete(address)
  }

  return {
    enter: address => {
      const spent = spentBy(address)
      if (spent.open >= limits.connectionsPerAddress) return false
      spent.open++
      return true
    },
    leave: address => {
      spentBy(address).open--
    },
    message: (address, bytes) => {
      const spent = spentBy(address)
      spent.messages++
      spent.bytes += bytes
      return spent.messages <= limits.messagesPerSecond * BURST && spent.bytes <= limits.bytesPerSecond * BURST
    },
    failed: address => {
      const spent = spentBy(address)
      spent.failures++
      spent.failedAt = now()
    },
    mayTry: address => spentBy(address).failures < limits.failuresPerMinute,
  }
}
