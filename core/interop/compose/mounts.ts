import { recordOf } from '../reading/json-fields.ts'
import { filled } from './interpolation.ts'

/** What is mounted into a container; paths of the machine are never kept. */
export type Mount =
  | { readonly kind: 'volume'; readonly name: string; readonly isReadOnly: boolean }
  | { readonly kind: 'bind'; readonly isEngine: boolean }
  | { readonly kind: 'nameless' | 'passing' | 'unreadable' }

/** Whoever reaches it rules every container of the machine. */
const ENGINE = /(?:docker|podman|containerd|crio)\.sock$/i

/** One entry of `volumes`, short or long. */
export function mountOf(value: unknown): Mount {
  const long = recordOf(value)
  return long ? longMount(long) : shortMount(value)
}

function shortMount(value: unknown): Mount {
  const text = filled(value)?.text
  if (text === undefined || text === '') return { kind: 'unreadable' }
  const [source = '', target, ...options] = text.replace(/^[a-z]:(?=[\\/])/i, '/').split(':')
  if (target === undefined) return { kind: 'nameless' }
  if (isPath(source)) return { kind: 'bind', isEngine: ENGINE.test(source) || ENGINE.test(target) }
  return { kind: 'volume', name: source, isReadOnly: options.join(',').split(',').includes('ro') }
}

/** An empty source is a variable without a default: what it names is known elsewhere, mostly a folder. */
function isPath(source: string): boolean {
  return source === '' || /^[.~]|[\\/]/.test(source)
}

function longMount(long: Readonly<Record<string, unknown>>): Mount {
  const source = filled(long.source)?.text ?? ''
  const type = filled(long.type)?.text
  if (type === 'tmpfs' || type === 'image' || type === 'npipe') return { kind: 'passing' }
  if (type === 'bind' || isPath(source)) {
    if (type === 'volume' && source === '') return { kind: 'nameless' }
    return { kind: 'bind', isEngine: ENGINE.test(source) || ENGINE.test(filled(long.target)?.text ?? '') }
  }
  return { kind: 'volume', name: source, isReadOnly: long.read_only === true }
}
