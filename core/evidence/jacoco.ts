import { ok, type Result } from '../support/result.ts'
import { closed, noteLine, type OpenFile, slashed } from './covered-lines.ts'
import { instantOfMs, wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { CoveredFile, Evidence, Oddity } from './types.ts'
import { type Attributes, type Fault, walkXml } from './xml.ts'

type Frame = {
  readonly name: string
  readonly pointer: string
  readonly attributes: Attributes
  readonly children: Map<string, number>
}

/**
 * Facts of a JaCoCo report (report.dtd 1.1): per source file, lines with instructions, hit when one of them ran. Groups are modules;
 * equal paths in two of them are two files.
 */
export function readJacoco(file: string, text: string): Result<Evidence> {
  const files: CoveredFile[] = []
  const oddities: Oddity[] = []
  const frames: Frame[] = []
  let open: OpenFile | undefined
  let last = 0
  const walked = walkXml(file, text, {
    roots: ['report'],
    open(name, attributes, stop) {
      const parent = frames.at(-1)
      if (parent?.name === 'report' && !CHILDREN.has(name)) stop(FOREIGN)
      const frame: Frame = { name, pointer: pointerOf(name, parent), attributes, children: new Map() }
      frames.push(frame)
      if (name === 'sessioninfo') last = Math.max(last, wholeOf(attributes.dump) ?? 0)
      if (name === 'sourcefile') open = openFile(frame, parent)
      if (parent?.name !== 'sourcefile' || !open) return
      if (name === 'line') noteElement(open, frame, oddities)
      if (name === 'counter') compare(open, attributes)
    },
    close() {
      const frame = frames.pop()
      if (frame?.name === 'sourcefile' && open) {
        files.push(closed(open))
        open = undefined
      }
    },
  })
  if (!walked.ok) return walked
  const at = instantOfMs(last)
  const made = { tool: 'JaCoCo', commits: [], ...(at === undefined ? {} : { at }) }
  return ok({ format: 'jacoco', made, facts: { coverage: { files, oddities } } })
}

const CHILDREN: ReadonlySet<string> = new Set(['sessioninfo', 'group', 'package', 'counter'])

const FOREIGN: Fault = {
  code: 'evidence.format',
  message: 'XML with the root <report> that is not of JaCoCo.',
  cure: 'Formats that are read: skeptic formats --evidence.',
}

function pointerOf(name: string, parent: Frame | undefined): string {
  if (!parent) return `/${name}`
  const count = (parent.children.get(name) ?? 0) + 1
  parent.children.set(name, count)
  return `${parent.pointer}/${name}[${count}]`
}

/** Packages are named with slashes; the default package has no name. */
function openFile({ pointer, attributes }: Frame, parent: Frame | undefined): OpenFile {
  const folder = parent?.attributes.name
  return { pointer, path: slashed([folder, attributes.name].filter(Boolean).join('/')), lines: new Map() }
}

/** `nr`, and instructions missed and covered; a line without instructions cannot run. */
function noteElement(open: OpenFile, { pointer, attributes }: Frame, oddities: Oddity[]): void {
  const [nr, missed, covered] = [attributes.nr, attributes.mi, attributes.ci].map(wholeOf)
  if (nr === undefined || missed === undefined || covered === undefined) {
    oddities.push({ pointer, text: `counts the line "${shown(attributes.nr ?? '', 20)}" with something that is no number` })
    noteLine(open, nr === undefined ? `?${open.lines.size}` : String(nr), false)
  } else if (missed + covered > 0) noteLine(open, String(nr), covered > 0)
}

/** Counters follow the lines they sum up. */
function compare(open: OpenFile, { type, missed, covered }: Attributes): void {
  if (type !== 'LINE') return
  const { lines, hit } = closed(open)
  const declared = { missed: wholeOf(missed), covered: wholeOf(covered) }
  if (declared.missed === undefined || declared.covered === undefined) return
  if (declared.covered !== hit || declared.missed !== lines - hit)
    open.disagreement ??= `declares ${declared.covered} of ${declared.covered + declared.missed} lines hit and lists ${hit} of ${lines}`
}
