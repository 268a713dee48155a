import type { Design, Packs } from '../model/types.ts'
import { bundleOf } from '../model/write.ts'
import { ok, type Result } from '../support/result.ts'
import { writeCsv } from './csv/write.ts'
import { writeCycloneDx } from './cyclonedx/write.ts'
import { writeDrawio } from './drawio/write.ts'
import { writeGherkin } from './gherkin/write.ts'
import { writeMarkdown } from './markdown/write.ts'
import { writeMermaid } from './mermaid/write.ts'
import { writeOtm } from './otm/write.ts'
import type { Loss } from './report.ts'
import { writeSarif } from './sarif/write.ts'
import { writeThreatComposer } from './threat-composer/write.ts'
import { writeThreatDragon } from './threat-dragon/write.ts'
import { writeTmLibrary } from './tm-library/write.ts'

/** What writing may need besides the design. */
export type Occasion = {
  /** The time that is written where a format wants one. */
  readonly at: string
  /** Version of Skeptic. */
  readonly version: string
  /** What findings and checks are derived from, for formats that carry them. */
  readonly packs: Packs
}

/** A written file, and what of the design it does not hold; places of losses are tables and ids of the design. */
export type Written = { readonly text: string; readonly losses: readonly Loss[] }

/**
 * Writes a design in one format: the same design and occasion give the same bytes. Every row of ours gets its id written where the format
 * has a place for it; what an import kept under `foreign` of the same format goes back where it was.
 */
export type Writer = (design: Design, occasion: Occasion) => Result<Written>

/** One writer for each format that FORMATS calls writable. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  skeptic: design => ok({ text: bundleOf(design), losses: [] }),
  markdown: writeMarkdown,
  csv: writeCsv,
  sarif: writeSarif,
  gherkin: writeGherkin,
  drawio: writeDrawio,
  mermaid: writeMermaid,
  'threat-dragon-v2': writeThreatDragon,
  cyclonedx: writeCycloneDx,
  'tm-library': writeTmLibrary,
  otm: writeOtm,
  'threat-composer': writeThreatComposer,
}
