import { type Foreign, keptForeign } from '../reading/foreign.ts'
import type { Raw } from '../reading/json-fields.ts'
import { type ImportReport, many } from '../report.ts'
import type { Model } from './items.ts'
import { isDiagram, LABEL, merged, type Part, partsIn, plainPart, textsIn } from './parts.ts'

/** Blocks of a model that became rows; what else it says is kept under foreign of the design. */
const ROWS: ReadonlySet<string> = new Set(['information_asset', 'exclusion', 'third_party_dependency', 'threat'])

/** What the file says besides the rows, arranged as its JSON form has it; each model is kept or lost by itself. */
export function envelopeOf(root: Part, models: readonly Model[], report: ImportReport, isPurpose: boolean): Foreign | undefined {
  const { spec_version, ...fields } = root.raw
  const kept: (readonly [string, unknown])[] = Object.entries(typeof spec_version === 'string' ? fields : root.raw)
  for (const part of root.parts) if (part.type !== 'threatmodel') kept.push([part.type, plainPart(part)])
  for (const model of models) {
    const left = leftOf(model.part, isPurpose)
    if (Object.keys(left).length > 0) kept.push(['threatmodel', Object.fromEntries([[model.name, left]])])
  }
  const whole = kept.flatMap(([key, value]) => Object.entries(keptForeign({ [key]: value }, { at: root.at, report }) ?? {}))
  tellLibrary(root, report)
  for (const model of models) tellModel(model, report, isPurpose)
  return whole.length > 0 ? (merged(whole) as Foreign) : undefined
}

function leftOf({ raw, parts }: Part, isPurpose: boolean): Raw {
  const used = new Set([LABEL, ...(isPurpose && typeof raw.description === 'string' ? ['description'] : [])])
  const fields = Object.entries(raw).filter(([key]) => !used.has(key))
  const inner = parts.flatMap(part => {
    if (ROWS.has(part.type)) return []
    if (!isDiagram(part)) return [[part.type, plainPart(part)] as const]
    const isPlain = Object.keys(part.raw).every(key => key === LABEL)
    return isPlain ? [] : [[part.type, plainPart({ ...part, parts: [] })] as const]
  })
  return merged([...fields, ...inner])
}

function tellLibrary({ parts }: Part, report: ImportReport): void {
  for (const [type, why] of LIBRARY) {
    const [first, ...more] = partsIn(parts, type)
    if (first) report.losses.push({ at: first.at, what: many(1 + more.length, `${type} block`), why })
  }
}

const LIBRARY = [
  ['component', 'A control of a library answers no threat of this file by itself: kept under foreign of the design.'],
  ['variable', 'Nothing is put in where the file names it: kept under foreign of the design.'],
  ['backend', 'Where a model is published is not taken over: kept under foreign of the design.'],
] as const

/** What other files would add, and what has no row. */
function tellModel({ part, name }: Model, report: ImportReport, isPurpose: boolean): void {
  const said = (at: string, what: string, why: string) => report.losses.push({ at, what, why })
  for (const diagram of [part, ...part.parts.filter(isDiagram)]) {
    const { imports, including, extends: base, import: drawing } = diagram.raw
    for (const file of [...textsIn(imports).texts, including, base, drawing])
      if (typeof file === 'string')
        said(
          diagram.at,
          `What "${file.slice(0, 200)}" would add to "${name.slice(0, 80)}"`,
          'No other file is opened: import it by itself.',
        )
  }
  for (const [type, noun, why] of KEPT) {
    const [first, ...more] = partsIn(part.parts, type)
    if (first) said(first.at, `${many(1 + more.length, noun)} of "${name.slice(0, 80)}"`, why)
  }
  const keys = Object.keys(leftOf(part, isPurpose)).filter(key => !NAMED.has(key))
  if (keys.length > 0)
    said(
      part.at,
      `${keys.slice(0, 10).join(', ')} of "${name.slice(0, 80)}"`,
      'They speak of the whole: kept under foreign of the design.',
    )
}

const KEPT = [
  ['usecase', 'use case', 'It is no assumption: write it as a requirement. Kept under foreign of the design.'],
  ['mermaid', 'embedded diagram', 'The source of a drawing is kept under foreign of the design, not read.'],
] as const

const NAMED: ReadonlySet<string> = new Set(['imports', 'including', 'extends', 'import', 'usecase', 'mermaid'])
