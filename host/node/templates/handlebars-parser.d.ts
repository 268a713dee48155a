/** The parser of Handlebars alone: no compiler, no helpers, nothing that makes code of a text. */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  /** The syntax tree, white space around blocks taken care of; throws an Error that names the line. */
  export function parse(source: string): unknown
}
