import Handlebars from 'handlebars'

type Statement = hbs.AST.Statement
type Block = hbs.AST.BlockStatement
/** The file, and how deep inside blocks that look at another value. */
type Where = { readonly file: string; readonly depth: number }

/**
 * A template as the text of a function `(c0, kit) => string`. The kit reads values and calls partials (core/prompts/render.ts);
 * the function itself only joins. Knows what our templates use: text, names, `@first`, `this`, `if`, `unless`, `each`, `with`
 * and partials without parameters; throws with file and line for anything else.
 */
export function codeOf(file: string, source: string): string {
  return `(c0, kit) => ${joined(Handlebars.parse(source), { file, depth: 0 })}`
}

function joined(program: hbs.AST.Program | undefined, at: Where): string {
  const pieces = (program?.body ?? []).flatMap(statement => pieceOf(statement, at))
  // Begins with a text, so that plus always joins.
  return pieces[0]?.startsWith('"') ? pieces.join(' + ') : ['""', ...pieces].join(' + ')
}

function pieceOf(statement: Statement, at: Where): readonly string[] {
  if (isContent(statement)) return statement.value === '' ? [] : [JSON.stringify(statement.value)]
  if (isMustache(statement)) return [textOf(statement, at)]
  if (isBlock(statement)) return [blockOf(statement, at)]
  if (isPartial(statement)) return [partialOf(statement, at)]
  throw unknown(statement, at, statement.type)
}

function textOf(statement: hbs.AST.MustacheStatement, at: Where): string {
  if (statement.params.length > 0 || statement.hash) throw unknown(statement, at, 'a helper')
  const { value, name } = pathOf(statement.path, at)
  return `kit.text(${value}, ${name})`
}

function blockOf(statement: Block, at: Where): string {
  const [param, ...more] = statement.params
  const kind = (statement.path as hbs.AST.PathExpression).original
  if (param === undefined || more.length > 0 || statement.hash || statement.program?.blockParams)
    throw unknown(statement, at, `${kind} with anything but one name`)
  const [then, otherwise] = [statement.program, statement.inverse]
  if (kind === 'if') return choice(askedOf(param, at), joined(then, at), joined(otherwise, at))
  if (kind === 'unless') return choice(askedOf(param, at), joined(otherwise, at), joined(then, at))
  const { value, name } = pathOf(param, at)
  const inner = { ...at, depth: at.depth + 1 }
  const body = `(c${inner.depth}, first${inner.depth}) => ${joined(then, inner)}`
  if (kind === 'each') return `kit.each(${value}, ${name}, ${body}, () => ${joined(otherwise, at)})`
  if (kind === 'with') return `kit.inside(${value}, ${name}, ${body}, () => ${joined(otherwise, at)})`
  throw unknown(statement, at, `the block "${kind}"`)
}

function choice(asked: string, then: string, otherwise: string): string {
  return `(${asked} ? ${then} : ${otherwise})`
}

/** A condition; `@first` is one already. */
function askedOf(expression: hbs.AST.Expression, at: Where): string {
  if (isPath(expression) && expression.data && expression.original === '@first' && at.depth > 0) return `first${at.depth}`
  const { value, name } = pathOf(expression, at)
  return `kit.has(${value}, ${name})`
}

/** What a name stands for, and the name to complain of. */
function pathOf(expression: hbs.AST.Expression, at: Where): { readonly value: string; readonly name: string } {
  if (!isPath(expression) || expression.data || expression.depth > 0 || expression.parts.length > 1)
    throw unknown(expression, at, 'anything but a name of the context in place')
  const [part] = expression.parts
  const name = JSON.stringify(expression.original)
  if (part === undefined) return { value: `c${at.depth}`, name }
  // A name that every object has would be found where the context lacks it.
  if (!/^[a-zA-Z]+$/.test(part) || part in {}) throw unknown(expression, at, `the name "${part}"`)
  return { value: `c${at.depth}.${part}`, name }
}

function partialOf(statement: hbs.AST.PartialStatement, at: Where): string {
  if (!isPath(statement.name) || statement.params.length > 0 || statement.hash || statement.indent)
    throw unknown(statement, at, 'a partial that is indented, computed or handed something')
  return `kit.part(${JSON.stringify(statement.name.original)}, c${at.depth})`
}

function unknown({ loc }: hbs.AST.Node, { file }: Where, what: string): Error {
  return new Error(`${file}:${loc.start.line}: our templates do not use ${what}`)
}

function isContent(node: hbs.AST.Node): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement'
}

function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement'
}

function isBlock(node: hbs.AST.Node): node is Block {
  return node.type === 'BlockStatement'
}

function isPartial(node: hbs.AST.Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement'
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}
