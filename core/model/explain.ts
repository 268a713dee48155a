import type { Invalid, Validate } from '../../schemas/generated/validate-entities.js'
import * as validators from '../../schemas/generated/validate-entities.js'
import type { Explain } from './parse.ts'

/** Says at which place and why a row breaks its schema. Loaded only when one does. */
export const explainRow: Explain = (schema, row) => {
  const validate = (validators as unknown as Readonly<Record<string, Validate>>)[schema]
  if (!validate) throw new Error(`explainRow: no schema ${schema}`)
  return validate(row) ? { at: '/', message: 'Fits.' } : explainErrors(validate.errors ?? [])
}

/** The most telling of Ajv's errors, in words. */
export function explainErrors(errors: readonly Invalid[]): { readonly at: string; readonly message: string } {
  const error = errors.find(candidate => candidate.keyword !== 'propertyNames') ?? errors[0]
  if (!error) return { at: '/', message: 'Does not fit its schema.' }
  return { at: error.instancePath || '/', message: sentenceOf(error) }
}

function sentenceOf({ keyword, params }: Invalid): string {
  switch (keyword) {
    case 'required':
      return `The key "${params.missingProperty}" is missing.`
    case 'additionalProperties':
      return `The key "${params.additionalProperty}" has no place here.`
    case 'type':
      return `Must be ${article(String(params.type))}.`
    case 'enum':
      return `Must be one of ${(params.allowedValues as readonly unknown[]).map(value => JSON.stringify(value)).join(', ')}.`
    case 'const':
      return `Must be ${JSON.stringify(params.allowedValue)}.`
    case 'pattern':
      return `Does not have the form ${params.pattern}.`
    case 'minLength':
      return 'Must not be empty.'
    case 'maxLength':
      return `Is longer than ${params.limit} characters.`
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return `Must be ${params.comparison} ${params.limit}.`
    case 'minItems':
    case 'minProperties':
      return `Must hold at least ${params.limit}.`
    case 'maxItems':
    case 'maxProperties':
      return `Must hold at most ${params.limit}.`
    default:
      return `Breaks the rule "${keyword}" of its schema.`
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
