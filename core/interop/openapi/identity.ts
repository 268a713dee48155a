import { byText } from '../../support/order.ts'
import { provenanceFor } from '../reading/building.ts'
import type { Foreign } from '../reading/foreign.ts'
import { groupsBy } from '../reading/groups.ts'
import { defined, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { pointerTo } from '../reading/pointer.ts'
import { many, tally } from '../report.ts'
import { schemesOf } from './operations.ts'
import type { Api } from './read.ts'
import { addressOf, ownHosts, reachOf } from './servers.ts'

const URLS = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl', 'openIdConnectUrl', 'oauth2MetadataUrl']

/** Hosts of others that give out tokens: an external entity each, with a flow. */
const MOST_PROVIDERS = 10

/** Who gives out the tokens that the API takes, where the file names somebody else than the API. */
export function addProviders(api: Api): void {
  const { building, document, process, title } = api
  const own = new Set(ownHosts(document.root))
  const urls = [...schemesOf(document).values()].filter(isTokens).flatMap(urlsOf)
  const hosts = groupsBy(
    urls.flatMap(url => addressOf(url) ?? []),
    ({ host }) => host,
  )
  const others = [...hosts].filter(([host]) => !own.has(host)).sort(([a], [b]) => byText(a, b))
  if (urls.length > 0 && others.length === 0) tellOwn(api)
  const provenance = provenanceFor(building, undefined)
  for (const [host, addresses] of others.slice(0, MOST_PROVIDERS)) {
    const id = building.idFor('E', building.model, 'identity', host)
    const name = others.length === 1 ? 'Identity provider' : `Identity provider ${host}`
    building.elements[id] = { id, name, kind: 'externalEntity', provenance, foreign: { host } }
    const flow = building.idFor('F', building.model, 'identity', host)
    const { protocol, encryption } = reachOf([addresses.map(({ scheme }) => scheme)])
    building.flows[flow] = defined({
      id: flow,
      name: lineOf(`${title} to ${name}`, 400) ?? 'Identity',
      source: process,
      target: id,
      protocol,
      encryption,
      provenance,
    })
    tally(building.report, placeOf(document.root), {
      what: count => `Who talks to ${many(count, 'identity provider')}`,
      why: 'The file says where tokens come from: a data flow from the API, which must check them, stands for it. Correct it where clients fetch them.',
    })
  }
  if (others.length > MOST_PROVIDERS)
    building.report.losses.push({
      at: placeOf(document.root),
      what: many(others.length - MOST_PROVIDERS, 'identity provider'),
      why: `At most ${MOST_PROVIDERS} are made.`,
    })
}

/** Schemes as far as they are words of the format; descriptions, scopes and addresses are left out. */
export function schemesKept(api: Pick<Api, 'document'>): Foreign | undefined {
  const kept = [...schemesOf(api.document)].slice(0, 50).map(([name, { type, in: place, scheme }]) => {
    const word = (value: unknown, words: readonly string[]) => words.find(one => one === String(value).toLowerCase())
    return [
      lineOf(name, 100) ?? '',
      defined({
        type: TYPES.find(one => one === type),
        in: word(place, ['query', 'header', 'cookie']),
        scheme: word(scheme, ['basic', 'bearer', 'digest', 'hoba', 'mutual', 'negotiate', 'dpop']),
      }),
    ] as const
  })
  return kept.length > 0 ? (Object.fromEntries(kept) as Foreign) : undefined
}

const TYPES = ['apiKey', 'http', 'basic', 'mutualTLS', 'oauth2', 'openIdConnect']

function isTokens({ type }: Raw): boolean {
  return type === 'oauth2' || type === 'openIdConnect'
}

function urlsOf(scheme: Raw): readonly string[] {
  return [scheme, ...Object.values(recordOf(scheme.flows) ?? {})].flatMap(part =>
    URLS.flatMap(key => {
      const url = recordOf(part)?.[key]
      return typeof url === 'string' ? [url] : []
    }),
  )
}

function tellOwn({ building, document }: Api): void {
  building.report.losses.push({
    at: placeOf(document.root),
    what: 'Who gives out tokens',
    why: 'By their addresses, the API itself: no external entity was made.',
  })
}

function placeOf(root: Raw): string {
  return Object.hasOwn(root, 'securityDefinitions')
    ? pointerTo('securityDefinitions')
    : pointerTo('components', 'securitySchemes')
}
