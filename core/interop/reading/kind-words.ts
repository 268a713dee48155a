import type { Element } from '../../model/types.ts'

/** Words by which people call stores and those outside, in names and classes of drawings that know no kinds. */
const STORE = words(
  'database databases db datastore datastores store stores storage bucket s3 rds dynamodb blob filesystem nosql cache redis ' +
    'postgres postgresql mysql mariadb mongodb sqlite warehouse datenbank',
)
const OUTSIDE = words(
  'actor actors user users person human customer customers client clients browser external thirdparty partner attacker internet ' +
    'admin administrator operator employee',
)
/** Of others, whatever it is. */
const FOREIGN = words('external thirdparty')
const CODE = words('process processes service services server app application api backend gateway worker lambda function')

/** The kind that the words of a text speak of; nothing when they speak of none. The last word says what a thing is: a user service is code. */
export function kindByWords(text: string | undefined): Element['kind'] | undefined {
  const spoken = (text ?? '')
    .slice(0, 400)
    .replace(/third[-_ ]party/gi, 'thirdparty')
    .replace(/data[-_ ]store/gi, 'datastore')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  if (spoken.some(word => FOREIGN.has(word))) return 'externalEntity'
  return spoken.flatMap(word => kindOf(word) ?? []).at(-1)
}

function kindOf(word: string): Element['kind'] | undefined {
  if (STORE.has(word)) return 'dataStore'
  if (OUTSIDE.has(word)) return 'externalEntity'
  return CODE.has(word) ? 'process' : undefined
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
