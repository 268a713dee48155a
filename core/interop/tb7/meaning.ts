import type { Filter, Part } from './filter.ts'
import { all, atom, type Formula, not, some } from './formula.ts'
import { ANY_FLOW, GENERIC, type Kind, type Palette, ROOT } from './palette.ts'

/** Whom to tell what a filter says that a design cannot answer as the tool would. */
export type Tell = (what: string, why: string) => void

/** What a filter means for a design of ours. */
export function meaningOf(filter: Filter, palette: Palette, tell: Tell): Formula {
  switch (filter.asks) {
    case 'and':
      return all(filter.parts.map(part => meaningOf(part, palette, tell)))
    case 'or':
      return some(filter.parts.map(part => meaningOf(part, palette, tell)))
    case 'not':
      return not(meaningOf(filter.part, palette, tell))
    case 'type':
      return ofType(filter.of, filter.type, { palette, tell })
    case 'value':
      return withValue(filter, palette, tell)
    case 'crossing':
      return crossing(filter.type, palette, tell)
  }
}

type Context = { readonly palette: Palette; readonly tell: Tell }

function ofType(of: Part, type: string, { palette, tell }: Context): Formula {
  const { elements, flows } = palette.strangers
  const generic = Object.hasOwn(GENERIC, type) ? GENERIC[type] : undefined
  if (of === 'flow' && type === ANY_FLOW) return noneOf(of, flows, palette)
  if (of !== 'flow' && generic) return all([atom({ asks: 'kind', of, kind: generic }), noneOf(of, elements, palette)])
  if (type === ROOT) return nothing(of)
  if (palette.knows(type)) return some([stencil(of, type, palette), words(of, type, palette)])
  tell(`Stencil '${type}'`, 'The template has no stencil with this id, so only objects that state it can match.')
  return atom({ asks: 'stencil', of, ids: [type] })
}

/** Nothing is drawn with the root of all stencils; the tool finds no threats of such types either. */
export function nothing(of: Part): Formula {
  return atom({ asks: 'stencil', of, ids: [ROOT] })
}

/** Shapes of the template's own making are drawn as elements or flows, but are not of the generic kinds. */
function noneOf(of: Part, roots: readonly string[], palette: Palette): Formula {
  return all(roots.map(root => not(stencil(of, root, palette))))
}

function stencil(of: Part, type: string, palette: Palette): Formula {
  return atom({ asks: 'stencil', of, ids: palette.family(type), ...kindsOf(of, type, palette) }, `stencil ${of} ${type}`)
}

function words(of: Part, type: string, palette: Palette): Formula {
  return atom({ asks: 'words', of, words: palette.wordsOf(type), ...kindsOf(of, type, palette) }, `words ${of} ${type}`)
}

function kindsOf(of: Part, type: string, palette: Palette): { readonly kinds?: readonly Kind[] } {
  const kinds = of === 'flow' ? [] : palette.kindsOf(type)
  return kinds.length > 0 ? { kinds } : {}
}

function withValue(filter: Filter & { asks: 'value' }, palette: Palette, tell: Tell): Formula {
  const { of, attribute, value } = filter
  const known = palette.attribute(attribute)
  if (!known) tell(`Attribute '${attribute}'`, 'No stencil of the template has it, so only objects that state it can match.')
  const { titles, initial } = known ?? { titles: [attribute], initial: undefined }
  return some(titles.map(title => atom({ asks: 'property', of, title, values: [value], initial })))
}

function crossing(type: string, palette: Palette, tell: Tell): Formula {
  if (palette.boundaryRoots.includes(type) || type === 'GE.TB.B' || type === 'GE.TB.L') return atom({ asks: 'crossing' })
  const why = 'A design knows boundaries by name and kind, not by stencil: it matches where the crossed one is called so.'
  if (palette.knows(type)) tell(`Boundary of the type '${palette.nameOf(type)}'`, why)
  else tell(`Boundary of the type '${type}'`, 'The template has no boundary with this id.')
  const names = palette.wordsOf(type)
  return atom({ asks: 'boundary', names, isMachine: names.some(name => /\bmachine\b/i.test(name)) })
}
