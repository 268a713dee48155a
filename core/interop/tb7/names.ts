import type { RulePack } from '../../model/types.ts'
import { lineOf } from '../reading/json-fields.ts'
import type { Template, ThreatType } from './template.ts'

/** What a pack says of itself. */
export function packFieldsOf({ name, id, version, author, threats }: Template, licence: string): Omit<RulePack, 'rules'> {
  const by = author ? ` by ${author}` : ''
  return {
    id: packId(name),
    version: packVersion(version),
    title: lineOf(name, 400) ?? 'Unnamed template',
    description: `Rules from a template of the Microsoft Threat Modeling Tool, one for each of its ${threats.length} threat types.`,
    source: lineOf(`Template "${name}"${version ? `, version ${version}` : ''}${by}${id ? ` (${id})` : ''}`, 4000) ?? name,
    licence,
  }
}

/** The licence a template states in a comment at its head; the tool itself has no field for one. */
export function licenceIn(text: string): string {
  const head = text.slice(0, Math.max(0, text.indexOf('<KnowledgeBase')))
  return /\bSPDX-License-Identifier:\s*MIT\b|\bMIT Licen[cs]e\b/i.test(head) ? 'MIT' : 'unknown'
}

function packId(name: string): string {
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const id = words.slice(0, 60).replace(/^-+|-+$/g, '')
  return /^[a-z]/.test(id) ? id : `tb7-${id || 'template'}`
}

/** Templates count in four parts and packs in three: the last two become one, in the same order. */
function packVersion(version: string): string {
  const [major = 0, minor = 0, build = 0, revision = 0] = version
    .split('.')
    .map(part => (/^\d{1,5}$/.test(part) ? Number(part) : 0))
  return `${major}.${minor}.${build * 100_000 + revision}`
}

/**
 * A rule's id comes from the initials of its pack and from its threat type, so decisions survive a new version of the template, and
 * two templates that number their threats alike do not collide. One that repeats is numbered.
 */
export function ruleIdsOf(threats: readonly ThreatType[], pack: string): readonly string[] {
  const taken = new Set<string>()
  const initials = pack
    .split('-')
    .map(word => word.charAt(0))
    .join('')
    .toUpperCase()
  return threats.map(({ id, title }) => {
    const plain = `TB7-${initials}-${sanitised(id) || sanitised(title) || 'UNNAMED'}`
    let free = plain
    for (let n = 2; taken.has(free); n++) free = `${plain}-${n}`
    taken.add(free)
    return free
  })
}

function sanitised(text: string): string {
  const words = text.toUpperCase().replace(/[^A-Z0-9]+/g, '-')
  return words.slice(0, 80).replace(/^-+|-+$/g, '')
}
