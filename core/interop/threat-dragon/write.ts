import { canonicalJson } from '../../model/canonical.ts'
import { DEFAULT_POLICY, policyOf } from '../../model/lookup.ts'
import { rowsOf } from '../../model/table.ts'
import type { Design, Diagram } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { Written } from '../writers.ts'
import { foreignFrom, originalIdFrom } from '../writing/foreign.ts'
import { restored, TOOL } from './cells.ts'
import { newClaims } from './claims.ts'
import { type Drawn, drawPage } from './draw.ts'
import { keptCells } from './kept-cells.ts'
import { diagramLook } from './looks.ts'
import { threatDragonLosses } from './losses.ts'
import { pagesOf } from './pages.ts'
import { threatWriter } from './threats-on.ts'

/** The first version that knows accepted, transferred and avoided threats. */
const VERSION = '2.6.2'

/**
 * Writes a model that Threat Dragon 2 opens: one diagram for each of ours, what lies in a boundary drawn inside its box, and our ids under
 * a key `skeptic` of whatever has one, which Threat Dragon carries along.
 */
export function writeThreatDragon(design: Design): Result<Written> {
  const { designId = '', name = '', purpose = '' } = design.settings.design ?? {}
  const envelope = envelopeOf(design)
  const owner = ownerOf(design, envelope.summary)
  const claim = newClaims(designId)
  const threats = threatWriter(design, { claim, owner, top: countOf(envelope.detail.threatTop) })
  const drawing = { design, claim, threatsOn: threats.on, drawn: new Set<string>() }
  const drawn = pagesOf(design).map(page => drawPage(drawing, page))
  const { diagrams, top } = diagramsOf(drawn, countOf(envelope.detail.diagramTop))
  const model = {
    version: shortOf(envelope.rest.version) ?? VERSION,
    summary: { ...envelope.summary, title: name, owner, description: purpose, id: idOf(envelope.summary.id) },
    detail: {
      ...envelope.detail,
      contributors: listOf(envelope.detail.contributors).filter(isNamed),
      diagrams,
      diagramTop: top,
      reviewer: typeof envelope.detail.reviewer === 'string' ? envelope.detail.reviewer : '',
      threatTop: threats.top(),
    },
    skeptic: { designId },
  }
  const rest = Object.entries(envelope.rest).filter(([key, value]) => !Object.hasOwn(model, key) && !isWrong(key, value))
  const text = `${JSON.stringify({ ...model, ...Object.fromEntries(rest) }, undefined, 2)}\n`
  return ok({
    text,
    losses: threatDragonLosses(design, {
      drawn,
      owner,
      isPolicy: canonicalJson(policyOf(design)) !== canonicalJson(DEFAULT_POLICY),
    }),
  })
}

/** What an import kept of the file around the diagrams; told by its parts, for settings have no provenance. */
function envelopeOf(design: Design): { readonly rest: Raw; readonly summary: Raw; readonly detail: Raw } {
  const foreign = design.settings.design?.foreign ?? {}
  const { summary, detail, ...rest } = foreign
  const isOurs = recordOf(summary) !== undefined || recordOf(detail) !== undefined
  return isOurs
    ? { rest, summary: recordOf(summary) ?? {}, detail: recordOf(detail) ?? {} }
    : { rest: {}, summary: {}, detail: {} }
}

/** The format names one owner of the whole model: the file's own, else whoever alone answers for everything that was accepted. */
function ownerOf(design: Design, summary: Raw): string {
  if (typeof summary.owner === 'string') return summary.owner
  const [owner, ...others] = new Set(rowsOf(design.acceptances).map(row => row.owner))
  return others.length === 0 ? (owner ?? '') : ''
}

function diagramsOf(drawn: readonly Drawn[], least: number): { readonly diagrams: readonly Raw[]; readonly top: number } {
  const used = new Set<number>()
  const own = drawn.map(({ page }) => {
    const id = Number((page.diagram && originalIdFrom(TOOL, page.diagram)) ?? Number.NaN)
    const isFree = Number.isSafeInteger(id) && id >= 0 && !used.has(id)
    if (isFree) used.add(id)
    return isFree ? id : undefined
  })
  let next = Math.max(least - 1, -1, ...used) + 1
  const diagrams = drawn.map((one, i) => diagramOf(one, own[i] ?? next++))
  return { diagrams, top: Math.max(least, next) }
}

function diagramOf({ page, cells }: Drawn, id: number): Raw {
  const row: Partial<Diagram> & { readonly name: string } = page.diagram ?? { name: 'Not on any diagram' }
  const { cells: kept, diagramType, version, description, ...foreign } = page.diagram ? foreignFrom(TOOL, page.diagram) : {}
  const method = typeof diagramType === 'string' && diagramType.length > 2 ? diagramType : 'STRIDE'
  const own = {
    id,
    title: row.name,
    diagramType: method,
    ...diagramLook(method),
    version: shortOf(version) ?? VERSION,
    ...(row.description === undefined ? {} : { description: row.description }),
    cells: [...cells, ...keptCells(kept)],
  }
  const skeptic = row.id === undefined ? {} : { skeptic: { id: row.id } }
  return { ...restored(own, foreign), ...skeptic }
}

/** A version of the second format, as the schema wants it. */
function shortOf(version: unknown): string | undefined {
  return typeof version === 'string' && /^[2-9].{0,9}$/.test(version) ? version : undefined
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

function idOf(value: unknown): number | string {
  return (typeof value === 'string' && value.length > 1) ||
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    ? value
    : 0
}

function isNamed(contributor: unknown): boolean {
  const name = recordOf(contributor)?.name
  return recordOf(contributor) !== undefined && (name === undefined || typeof name === 'string')
}

function isWrong(key: string, value: unknown): boolean {
  return (key === 'release_version' || key === 'released_at') && typeof value !== 'string'
}
