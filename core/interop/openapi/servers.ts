import type { Ternary } from '../../model/types.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** How operations are reached, as far as all that is stated agrees. */
export type Reach = { readonly protocol: string; readonly encryption: Ternary | undefined; readonly isMixed: boolean }

/** The scheme and host at the start of an address; user names, paths and queries are never looked at. */
const ADDRESS = /^(https?|wss?):\/\/([^/?#]*)/i
const HOST = /^(?:[\w.{}-]{1,253})(?::(?:\d{1,5}|\{\w{1,40}\}))?$/

/** What the servers (or, in version 2, the schemes) of some operations say together. */
export function reachOf(stated: readonly unknown[]): Reach {
  const schemes = new Set([...new Set(stated)].flatMap(schemesIn))
  const isKnown = schemes.size > 0 && !schemes.has('')
  const isSafe = (scheme: string) => scheme === 'https' || scheme === 'wss'
  const all = [...schemes]
  const encryption = !isKnown ? undefined : all.every(isSafe) ? ('yes' as const) : all.some(isSafe) ? undefined : ('no' as const)
  const isMixed = all.some(isSafe) && all.some(scheme => scheme === 'http' || scheme === 'ws')
  return { protocol: protocolOf(isKnown ? all : []), encryption, isMixed }
}

/** Nothing stated, and addresses without a scheme, leave open how the API is reached. */
function schemesIn(stated: unknown): readonly string[] {
  const list = listOf(stated)
  if (list.length === 0) return ['']
  return list.map(one => {
    if (typeof one === 'string') return /^(?:https?|wss?)$/i.test(one) ? one.toLowerCase() : ''
    const url = recordOf(one)?.url
    return typeof url === 'string' ? (ADDRESS.exec(url)?.[1]?.toLowerCase() ?? '') : ''
  })
}

function protocolOf(schemes: readonly string[]): string {
  if (schemes.length === 0) return 'HTTP'
  if (schemes.every(scheme => scheme === 'https')) return 'HTTPS'
  return schemes.every(scheme => scheme === 'ws' || scheme === 'wss') ? 'WebSocket' : 'HTTP'
}

/** Scheme and host of an absolute address. */
export function addressOf(url: unknown): { readonly scheme: string; readonly host: string } | undefined {
  const [, scheme, authority] = (typeof url === 'string' && ADDRESS.exec(url)) || []
  if (scheme === undefined || authority === undefined) return undefined
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return HOST.test(host) ? { scheme: scheme.toLowerCase(), host: host.toLowerCase() } : undefined
}

/** Hosts of the API itself, at most 20 of them. */
export function ownHosts(root: Raw): readonly string[] {
  const own = listOf(root.servers).flatMap(server => addressOf(recordOf(server)?.url)?.host ?? [])
  const old = typeof root.host === 'string' ? (addressOf(`https://${root.host}`)?.host ?? []) : []
  return [...new Set([...own, old].flat())].slice(0, 20)
}
