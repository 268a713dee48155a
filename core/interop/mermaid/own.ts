import { labelOf } from '../../dfd/mermaid-source-shapes.ts'
import { mermaidLabel } from '../../dfd/mermaid-text.ts'
import type { Flow } from '../../model/types.ts'

/** What a flowchart has no place for and comments of ours carry, which every other program skips. */
export type Remark =
  | { readonly about: 'design'; readonly id: string; readonly name: string | undefined }
  | { readonly about: 'flow'; readonly id: string; readonly isBoth: boolean; readonly protocol: string | undefined }

export function designRemark(designId: string, name: string): string {
  return `%% skeptic design ${designId} ${mermaidLabel(name)}`
}

export function flowRemark({ id, bidirectional, protocol }: Flow, isLoose: boolean): string {
  const both = isLoose && bidirectional ? ' both ways' : ''
  return `%% skeptic flow ${id}${both}${protocol === undefined ? '' : ` over ${mermaidLabel(protocol)}`}`
}

/** A comment of ours; nothing when it is somebody else's. */
export function remarkIn(comment: string): Remark | undefined {
  const design = /^%% skeptic design (\w{1,20})(?: "([^"]*)")?$/.exec(comment)
  if (design) return { about: 'design', id: design[1] ?? '', name: meant(design[2]) }
  const flow = /^%% skeptic flow (F-\w{1,10})( both ways)?(?: over "([^"]*)")?$/.exec(comment)
  return flow ? { about: 'flow', id: flow[1] ?? '', isBoth: flow[2] !== undefined, protocol: meant(flow[3]) } : undefined
}

function meant(label: string | undefined): string | undefined {
  return label === undefined ? undefined : labelOf(`"${label}"`) || undefined
}

/** What comes back of a text that was written as a label. */
export function readBack(text: string): string {
  return labelOf(mermaidLabel(text))
}

/** The id of ours that a node id was made of. */
export function ownIdOf(node: string): string {
  return node.replace('_', '-')
}
