import type { Element } from '../../model/types.ts'

/** Words of types, as vendors make them up: "azure-storage", "CD-MICROSOFT-AZURE-DB-POSTGRESQL", "third-party". */
const STORE = words('database databases db datastore store storage bucket s3 rds dynamodb blob filesystem nosql cache redis')
const OUTSIDE = words('actor user users person human customer external thirdparty partner')

/** The format knows no kinds. A type that says "store" or "actor" in some word is read so; all else is code. */
export function kindOfType(type: string | undefined): Element['kind'] {
  const own = (type ?? '')
    .replace(/third[-_ ]party/gi, 'thirdparty')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  if (own.some(word => STORE.has(word))) return 'dataStore'
  return own.some(word => OUTSIDE.has(word)) ? 'externalEntity' : 'process'
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
