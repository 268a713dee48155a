import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import { readXml, XML_LIMITS, type XmlKind, type XmlNode } from '../reading/xml.ts'
import { unpacked } from './packed.ts'

/** One page of a file. */
export type Page = {
  readonly id: string | undefined
  readonly name: string | undefined
  /** The <root> with its cells; a page may be empty. */
  readonly cells: readonly XmlNode[]
  /** Where the page begins, and where an offset of its own text lies. */
  readonly place: string
  readonly at: (offset: number) => string
}

export const MOST_PAGES = 1000

const DIAGRAM: XmlKind = { code: 'drawio', noun: 'diagram', cure: 'save the diagram in draw.io again', skipped: new Set() }
const SAVE_AGAIN = 'Open the diagram in draw.io and save it again.'

/** The pages of an <mxfile>, compressed or not, or the one of a bare <mxGraphModel>. */
export function pagesOf(file: string, text: string): Result<readonly Page[]> {
  const xml = readXml(file, text, DIAGRAM)
  if (!xml.ok) return xml
  const { root, places } = xml.value
  if (root.name === 'mxGraphModel') return ok([pageOf(root, { place: places.at(root.at), at: places.at })])
  const diagrams = root.name === 'mxfile' ? root.children.filter(({ name }) => name === 'diagram') : []
  if (diagrams.length === 0)
    return refuse({
      code: 'drawio.noPages',
      at: places.at(root.at),
      message:
        root.name === 'mxfile'
          ? 'This draw.io file holds no page: it has no <diagram>.'
          : `XML with the root <${root.name.slice(0, 60)}>, not <mxfile> or <mxGraphModel>.`,
      cure: SAVE_AGAIN,
    })
  if (diagrams.length > MOST_PAGES) return tooManyPages(file, diagrams.length)
  const pages: Page[] = []
  let left = XML_LIMITS.length
  for (const [i, diagram] of diagrams.entries()) {
    const place = places.at(diagram.at)
    const inside = diagram.children.find(({ name }) => name === 'mxGraphModel')
    const packed = diagram.text.trim()
    if (inside || packed === '') {
      pages.push(pageOf(diagram, { place, at: places.at }))
      continue
    }
    const read = unpackedPage({ file, place, number: i + 1 }, packed, left)
    if (!read.ok) return read
    left -= read.value.length
    pages.push({ ...pageOf(read.value.root, { place, at: read.value.at }), ...namesOf(diagram) })
  }
  return ok(pages)
}

function tooManyPages(file: string, count: number): Refusal {
  return refuse({
    code: 'import.tooMany',
    at: file,
    message: `The file holds ${count} pages; at most ${MOST_PAGES} are read.`,
    cure: 'Split the model into several files.',
  })
}

type Where = { readonly file: string; readonly place: string; readonly number: number }
type Unpacked = { readonly root: XmlNode; readonly at: (offset: number) => string; readonly length: number }

function unpackedPage({ file, place, number }: Where, packed: string, most: number): Result<Unpacked> {
  const text = packed.startsWith('<') ? packed : unpacked(packed, most)
  if (text === 'tooLarge')
    return refuse({
      code: 'drawio.tooLarge',
      at: place,
      message: `Page ${number} unpacks to more than the ${XML_LIMITS.length / 1024 / 1024} MB that are read of a file.`,
      cure: 'Check that it is the right file: no real diagram comes near this.',
    })
  if (text === 'damaged')
    return refuse({
      code: 'drawio.packed',
      at: place,
      message: `The compressed text of page ${number} is damaged: it cannot be unpacked.`,
      cure: SAVE_AGAIN,
    })
  const xml = readXml(`${file}:diagram[${number}]`, text, DIAGRAM)
  if (!xml.ok) return xml
  return ok({ root: xml.value.root, at: xml.value.places.at, length: text.length })
}

function pageOf(node: XmlNode, where: Pick<Page, 'place' | 'at'>): Page {
  const model = node.name === 'mxGraphModel' ? node : node.children.find(({ name }) => name === 'mxGraphModel')
  const root = model?.children.find(({ name }) => name === 'root')
  return { ...namesOf(node), cells: root?.children ?? [], ...where }
}

function namesOf({ name, attributes }: XmlNode): Pick<Page, 'id' | 'name'> {
  return name === 'diagram' ? { id: attributes.id, name: attributes.name } : { id: undefined, name: undefined }
}
