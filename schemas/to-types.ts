/** The part of JSON Schema that our schemas use. */
export type Schema = {
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean'
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly items?: Schema
}

/** TypeScript source with one readonly type for every titled schema; a shape it does not know is an error. */
export function typesOf(schemas: readonly Schema[]): string {
  const byRef = new Map(schemas.flatMap(namedParts))
  const found = new Map<string, string>()
  for (const [ref, schema] of byRef) declare(schema, ref)
  const lines = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  return `// Made by schemas/generate.ts from the schemas beside it.\n\n${lines.join('\n\n')}\n`

  function declare(schema: Schema, where: string): string {
    const title = schema.title
    if (title === undefined) throw new Error(`${where}: a schema that others name needs a title`)
    if (!found.has(title)) {
      found.set(title, '') // reserved first: schemas may refer to themselves
      found.set(title, `${comment(schema, '')}export type ${title} = ${shape(schema, where, '')}`)
    }
    return title
  }

  function typeOf(schema: Schema, where: string, indent: string): string {
    if (schema.$ref !== undefined) {
      const ref = schema.$ref.startsWith('#') ? `${where.split('#')[0]}${schema.$ref}` : schema.$ref
      const target = byRef.get(ref)
      if (!target) throw new Error(`${where}: nothing at ${ref}`)
      return declare(target, ref)
    }
    return schema.title === undefined ? shape(schema, where, indent) : declare(schema, where)
  }

  function shape(schema: Schema, where: string, indent: string): string {
    if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
    if (schema.const !== undefined) return JSON.stringify(schema.const)
    switch (schema.type) {
      case 'string':
      case 'boolean':
        return schema.type
      case 'number':
      case 'integer':
        return 'number'
      case 'array':
        return `readonly ${inParentheses(schema.items ? typeOf(schema.items, where, indent) : 'unknown')}[]`
      case 'object':
        return schema.properties ? record(schema, where, indent) : dictionary(schema, where, indent)
      default:
        throw new Error(`${where}: cannot make a type of ${JSON.stringify(schema).slice(0, 80)}`)
    }
  }

  function record(schema: Schema, where: string, indent: string): string {
    const inner = `${indent}  `
    const members = Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const optional = schema.required?.includes(name) ? '' : '?'
      const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
      return `${comment(property, inner)}${inner}readonly ${key}${optional}: ${typeOf(property, where, inner)}`
    })
    return `{\n${members.join('\n')}\n${indent}}`
  }

  function dictionary(schema: Schema, where: string, indent: string): string {
    const value = typeof schema.additionalProperties === 'object' ? typeOf(schema.additionalProperties, where, indent) : 'unknown'
    const names = schema.propertyNames ? resolved(schema.propertyNames) : undefined
    if (names?.enum) return `{ readonly [name in ${typeOf(schema.propertyNames as Schema, where, indent)}]?: ${value} }`
    return `{ readonly [key: string]: ${value} }`
  }

  function resolved(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (byRef.get(schema.$ref) ?? schema)
  }
}

function namedParts(schema: Schema): [string, Schema][] {
  const parts = Object.entries(schema.$defs ?? {}).map(([name, part]): [string, Schema] => [`${schema.$id}#/$defs/${name}`, part])
  return schema.type === undefined ? parts : [[schema.$id ?? '', schema], ...parts]
}

function comment(schema: Schema, indent: string): string {
  return schema.description === undefined ? '' : `${indent}/** ${schema.description.replaceAll('*/', '* /')} */\n`
}

function inParentheses(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}
