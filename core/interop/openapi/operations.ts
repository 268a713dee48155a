import { lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { pointerTo } from '../reading/pointer.ts'
import { many } from '../report.ts'
import { type Document, resolved } from './references.ts'

/** What one request of the API does. */
export type Operation = {
  readonly method: string
  readonly path: string
  readonly raw: Raw
  readonly place: string
  /** Its first tag. */
  readonly tag: string | undefined
  /** What says where it is reached: its own servers or schemes, those of its path, or those of the document. */
  readonly servers: unknown
  readonly auth: Auth
}

/** Whether callers must say who they are. Nothing stated is neither yes nor no. */
export type Auth = 'required' | 'optional' | 'none' | 'unstated'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

/** All operations under the paths of the document. */
export function operationsOf(document: Document): readonly Operation[] {
  const { root } = document
  const authOf = authsIn(schemesOf(document))
  return Object.entries(recordOf(root.paths) ?? {}).flatMap(([path, value]) => {
    if (path.startsWith('x-')) return []
    // What stands beside a reference counts as well, and before what it leads to.
    const item = resolved(document, value, pointerTo('paths', path))
    const own = recordOf(value)
    return METHODS.flatMap((method): Operation[] => {
      const raw = recordOf(own?.[method] ?? item?.[method])
      if (!raw) return []
      const isLater = !Object.hasOwn(root, 'swagger')
      return [
        {
          method: method.toUpperCase(),
          path,
          raw,
          place: pointerTo('paths', path),
          tag: lineOf(listOf(raw.tags)[0], 400),
          servers: isLater ? (raw.servers ?? own?.servers ?? item?.servers ?? root.servers) : (raw.schemes ?? root.schemes),
          auth: authOf(raw.security ?? root.security),
        },
      ]
    })
  })
}

/** Schemes of the document by name, with references followed. */
export function schemesOf(document: Document): ReadonlyMap<string, Raw> {
  const { root } = document
  const named = recordOf(recordOf(root.components)?.securitySchemes) ?? recordOf(root.securityDefinitions) ?? {}
  return new Map(
    Object.entries(named).flatMap(([name, value]) => {
      const scheme = resolved(document, value, pointerTo('components', 'securitySchemes'))
      return scheme ? [[name, scheme] as const] : []
    }),
  )
}

/** Each list is looked at once, however many operations share it. */
function authsIn(schemes: ReadonlyMap<string, Raw>): (security: unknown) => Auth {
  const known = new Map<unknown, Auth>()
  return security => {
    const auth = known.get(security) ?? authOf(security, schemes)
    known.set(security, auth)
    return auth
  }
}

/** One of the list is enough; an empty one among them asks nothing; an empty list takes away what the document asks. */
function authOf(security: unknown, schemes: ReadonlyMap<string, Raw>): Auth {
  if (!Array.isArray(security)) return 'unstated'
  if (security.length === 0) return 'none'
  const asked = security.map(one => Object.keys(recordOf(one) ?? {}))
  if (asked.some(names => names.length === 0)) return 'optional'
  return asked.every(names => names.every(name => schemes.has(name))) ? 'required' : 'unstated'
}

/** How messages list operations: some, and how many more. */
export function listed(operations: readonly Operation[], most = 5): string {
  const shown = operations
    .slice(0, most)
    .map(({ method, path }) => `${method} ${path.length > 60 ? `${path.slice(0, 59)}…` : path}`)
  const more = operations.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${many(more, 'other')}` : shown.join(', ')
}
