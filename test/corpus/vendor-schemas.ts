import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AnySchema, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus')

/** Whether a file of the corpus is there. */
export function isHere(file: string): boolean {
  return existsSync(path.join(corpus, file))
}

/** The JSON of a file of the corpus. */
export function jsonOf(file: string): unknown {
  return JSON.parse(readFileSync(path.join(corpus, file), 'utf8'))
}

const URI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i
const REFERENCE = /^[^\s<>"{}|\\^`]*$/
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** The published schema of a format, with formats asserted; `others` are files it refers to, by the id it calls them. */
export function vendorSchema(file: string, others: Readonly<Record<string, string>> = {}): (value: unknown) => void {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    allErrors: true,
    formats: {
      ...{ uri: URI, iri: URI, 'uri-reference': REFERENCE, 'iri-reference': REFERENCE, date: DATE, 'date-time': TIME },
      ...{
        email: /^\S+@\S+$/,
        'idn-email': /^\S+@\S+$/,
        time: /^[\d:.]+/,
        duration: /^P/,
        uuid: /^[0-9a-f-]{36}$/i,
        regex: true,
      },
    },
  })
  for (const [id, other] of Object.entries(others))
    ajv.addSchema({ ...(jsonOf(other) as object), $id: id, $schema: undefined } as unknown as AnySchema)
  const validate: ValidateFunction = ajv.compile(jsonOf(file) as AnySchema)
  return value => {
    validate(value)
    expect(
      (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`),
    ).toEqual([])
  }
}
