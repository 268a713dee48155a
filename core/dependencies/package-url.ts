import type { Ecosystem } from './lockfile.ts'
import { pythonName } from './toml-lock.ts'

const TYPES: readonly Ecosystem[] = ['npm', 'cargo', 'pypi', 'golang']

/** `pkg:npm/%40scope/name@1.2.3`; qualifiers and subpath say nothing here. Undefined: no package URL of an ecosystem that is read. */
export function packageOfUrl(
  text: string,
): { readonly ecosystem: Ecosystem; readonly name: string; readonly version?: string } | undefined {
  const plain = /^pkg:\/*([a-z]+)\/([^?#]+)/i.exec(text)
  const ecosystem = TYPES.find(type => type === plain?.[1]?.toLowerCase())
  if (ecosystem === undefined) return undefined
  const path = plain?.[2] ?? ''
  const at = path.lastIndexOf('@')
  const [written, version] = at > 0 ? [path.slice(0, at), path.slice(at + 1)] : [path, '']
  const name = decoded(written)
  return {
    ecosystem,
    name: ecosystem === 'pypi' ? pythonName(name) : name,
    ...(version === '' ? {} : { version: decoded(version) }),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
