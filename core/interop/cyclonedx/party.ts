import { lineOf, listOf, recordOf } from '../reading/json-fields.ts'
import type { Links } from './links.ts'

/** What a party is called: its own name, else what kind of person or which role it is. A text is a reference to one. */
export function partyName(value: unknown, links: Links): string | undefined {
  const party = typeof value === 'string' ? links.ref(value)?.raw : recordOf(value)
  if (!party) return undefined
  const named = ['organization', 'person', 'system'].map(key => lineOf(recordOf(party[key])?.name, 400))
  const persona = recordOf(party.persona)
  const [role] = listOf(party.roles)
  return (
    named.find(name => name !== undefined) ??
    lineOf(party.name, 400) ??
    wordOf(persona?.archetype) ??
    lineOf(persona?.description, 400) ??
    wordOf(recordOf(role)?.role)
  )
}

/** A word of the format, or the name of one that the file made up. */
export function wordOf(value: unknown): string | undefined {
  return lineOf(value, 400) ?? lineOf(recordOf(value)?.name, 400)
}
