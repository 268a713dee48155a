import type { MermaidNode, MermaidSource } from '../../dfd/mermaid-source.ts'
import { isId } from '../../model/identity.ts'
import type { Element } from '../../model/types.ts'
import { kindByWords } from '../reading/kind-words.ts'
import { ownIdOf } from './own.ts'

/** What a node is, and whether that is a guess. */
export type Kind = { readonly kind: Element['kind']; readonly isGuess: boolean }

/**
 * Tells the kinds of one flowchart. Our own texts draw each kind in a shape of its own. In others, a class says it best, then a shape;
 * the plain rectangle means an outsider only where something else is round, for many people draw everything with it.
 */
export function kindsOf(source: MermaidSource): (node: MermaidNode) => Kind {
  const classes = classesOf(source)
  const isRound = [...source.nodes.values()].some(({ kind }) => kind === 'process')
  return node => {
    const { id, kind, label, isPlain } = node
    if (isId('E', ownIdOf(id)) && kind !== undefined) return { kind, isGuess: false }
    const told = kindByWords(classes.get(id) ?? node.style)
    const shaped = isPlain ? undefined : kind
    const spoken = told ?? shaped ?? kindByWords(label ?? id)
    return { kind: spoken ?? (isRound && isPlain ? 'externalEntity' : 'process'), isGuess: true }
  }
}

/** `class A,B external` */
function classesOf({ kept }: MermaidSource): ReadonlyMap<string, string> {
  const classes = new Map<string, string>()
  for (const { text } of kept) {
    const [, ids = '', name = ''] = /^class\s+([^\s,]+(?:\s*,\s*[^\s,]+)*)\s+([\w-]+);?$/.exec(text.slice(0, 4000)) ?? []
    for (const id of ids === '' ? [] : ids.split(',')) if (!classes.has(id.trim())) classes.set(id.trim(), name)
  }
  return classes
}
