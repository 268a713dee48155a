import type { Design } from '../../core/model/types.ts'

let last: { readonly from: Design; readonly core: Design } | undefined

/** The design without its drawing and what people say beside it: the same object while only places and remarks change, so that facts stay derived. */
export function coreOf(design: Design): Design {
  if (last?.from === design) return last.core
  const { layout: _layout, comments: _comments, suggestions: _suggestions, ...decided } = design
  const isSame = last && (Object.keys(decided) as (keyof typeof decided)[]).every(table => last?.from[table] === design[table])
  last = { from: design, core: isSame && last ? last.core : design }
  return last.core
}
