import { provenanceFor } from '../reading/building.ts'
import { lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { pointerTo } from '../reading/pointer.ts'
import { many } from '../report.ts'
import type { Operation } from './operations.ts'
import type { Api } from './read.ts'
import { type Document, resolved, schemaNamesIn } from './references.ts'

/** More names than a person would class are not taken over. */
const MOST_SCHEMAS = 60

/** Data assets for the schemas that requests and answers of success name, without a class: what they hold is for a person to judge. */
export function addSchemas(api: Omit<Api, 'data'>, operations: readonly Operation[]): ReadonlyMap<string, string> {
  const { building, document } = api
  const schemas = recordOf(recordOf(document.root.components)?.schemas) ?? recordOf(document.root.definitions) ?? {}
  const names = [...new Set(operations.flatMap(api.dataIn))].filter(name => Object.hasOwn(schemas, name))
  const place = Object.hasOwn(document.root, 'definitions') ? pointerTo('definitions') : pointerTo('components', 'schemas')
  if (names.length === 0) return new Map()
  if (names.length > MOST_SCHEMAS) {
    building.report.losses.push({
      at: place,
      what: `Data of ${many(names.length, 'schema')}`,
      why: `More than ${MOST_SCHEMAS} names are no list that a person classes: no data assets were made. Add those that matter.`,
    })
    return new Map()
  }
  building.report.losses.push({
    at: place,
    what: `Class of ${many(names.length, 'data asset')}`,
    why: 'Schemas say how data is written, not how much it matters: each has a name only. Choose a class; delete what matters to nobody.',
  })
  return new Map(
    names.map(name => {
      const id = building.idFor('D', building.model, '/schemas', name)
      building.data[id] = {
        id,
        name: lineOf(name, 400) ?? 'Unnamed schema',
        provenance: provenanceFor(building, lineOf(name, 1000)),
      }
      return [name, id]
    }),
  )
}

/** Enough to see that there are too many. */
const MOST_NAMES = 100

/** Names of the schemas in the bodies of an operation's request and of its answers of success; paths may share an operation. */
export function bodiesIn(document: Document): Api['dataIn'] {
  const known = new Map<Raw, readonly string[]>()
  return operation => {
    const names = known.get(operation.raw) ?? [...new Set(namesIn(document, operation))].slice(0, MOST_NAMES)
    known.set(operation.raw, names)
    return names
  }
}

function namesIn(document: Document, { raw, place }: Operation): readonly string[] {
  const request = resolved(document, raw.requestBody, place)
  const old = listOf(raw.parameters).flatMap((value): Raw[] => {
    const parameter = resolved(document, value, place)
    return parameter?.in === 'body' ? [parameter] : []
  })
  return [...(request ? [request] : []), ...old, ...answersOf(document, raw, place)].flatMap(bodyNames)
}

function answersOf(document: Document, raw: Raw, place: string): readonly Raw[] {
  const answers = recordOf(raw.responses) ?? {}
  const codes = Object.keys(answers)
  const good = codes.filter(code => code.startsWith('2'))
  const chosen = good.length > 0 ? good : codes.filter(code => code === 'default')
  return chosen.flatMap((code): Raw[] => {
    const answer = resolved(document, answers[code], place)
    return answer ? [answer] : []
  })
}

function bodyNames({ content, schema }: Raw): readonly string[] {
  const types = Object.values(recordOf(content) ?? {}).slice(0, 20)
  return [schema, ...types.map(type => recordOf(type)?.schema)].flatMap(schemaNamesIn)
}
