import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** Keys of the metadata of ours: the id of the row, what of its object we added, and the id of the design where nothing is drawn. */
export const OURS = { id: 'custom:skeptic-id', own: 'custom:skeptic-own', design: 'custom:skeptic-design' } as const

/** Pairs of key and value of an object, those that are none left out. */
export function pairsOf({ metadata }: Raw): readonly Raw[] {
  return listOf(metadata).flatMap((pair): Raw[] => {
    const raw = recordOf(pair)
    return raw ? [raw] : []
  })
}

/** What the metadata of an object says under a key. */
export function metadataAt(raw: Raw, key: string): unknown {
  return pairsOf(raw).find(pair => pair.key === key)?.value
}

/** An object without what we added; the same object when it is none of ours. */
export function withoutOurs(raw: Raw): Raw {
  if (metadataAt(raw, OURS.id) === undefined) return raw
  const own = new Set(listOf(metadataAt(raw, OURS.own)).map(String))
  const ours = new Set<unknown>(Object.values(OURS))
  const metadata = pairsOf(raw).filter(({ key }) => !ours.has(key) && !own.has(String(key)))
  const { metadata: _pairs, ...rest } = raw
  const left = Object.fromEntries(Object.entries(rest).filter(([key]) => !own.has(key)))
  return metadata.length > 0 ? { ...left, metadata } : left
}

/** How the drawing of a file of ours begins, with the id of its design. */
const DRAWING = /^```mermaid\n%% skeptic ([0-9A-HJKMNP-TV-Z]{10})\n/

/** The drawing as text, fenced as Markdown has it. */
export function drawingOf(designId: string, mermaid: string): string {
  return `\`\`\`mermaid\n%% skeptic ${designId}\n${mermaid}\`\`\`\n`
}

/** The id of the design whose drawing stands in the file; nothing when none of ours does. */
export function drawnDesign({ dataflow }: Raw): string | undefined {
  const description = recordOf(dataflow)?.description
  return typeof description === 'string' ? DRAWING.exec(description)?.[1] : undefined
}

/** The file without the drawing of ours: it says again what only the design holds. */
export function withoutDrawing(root: Raw): Raw {
  if (drawnDesign(root) === undefined) return root
  const { dataflow, ...others } = root
  const { description: _drawing, ...rest } = recordOf(dataflow) ?? {}
  return Object.keys(rest).length > 0 ? { ...others, dataflow: rest } : others
}
