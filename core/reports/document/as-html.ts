import { escaped } from './escape.ts'
import { type Anchors, anchorsOf } from './html-anchors.ts'
import { isolated, spansText } from './html-spans.ts'
import { reportStyle } from './html-style.ts'
import { headText, matrixText, tableText } from './html-tables.ts'
import { isTurned } from './turned.ts'
import type { Block, ReportDocument, Span } from './types.ts'

/** What a page may do: show itself. Its style stands in it; nothing is fetched and nothing runs. */
export const REPORT_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * The document as one self-contained page, piece by piece. With `isBare` its style is left out, for whoever shows it under a policy
 * that allows no style in a page and hands `reportStyle` over in another way.
 */
export function* asHtml(document: ReportDocument, { isBare = false }: { readonly isBare?: boolean } = {}): Generator<string> {
  const anchors = anchorsOf(document)
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="${escaped(REPORT_CSP)}">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
  yield `<title>${escaped(document.title)}</title>\n${isBare ? '' : `<style>\n${reportStyle(document)}\n</style>\n`}</head>\n`
  yield `<body>\n<a class="skip" href="#report">Skip to the report</a>\n<div class="page">\n`
  yield headText(document)
  yield '<main id="report" tabindex="-1">\n'
  yield noticesText(document, anchors)
  yield '<section class="notice" aria-labelledby="not-covered">\n'
  for (const block of document.notCovered) yield* blockText(block, anchors)
  yield '</section>\n'
  yield contentsText(document)
  for (const [i, block] of document.sections.entries()) {
    const next = document.sections[i + 1]
    yield* blockText(block, anchors, block.kind === 'heading' && next?.kind === 'figure' && isTurned(next))
  }
  yield `</main>\n<footer>${footText(document)}</footer>\n</div>\n</body>\n</html>\n`
}

/** What does not hold and what is of an older state, before anything else. */
function noticesText({ stamp }: ReportDocument, anchors: Anchors): string {
  const { warnings, stale } = stamp
  const broken =
    warnings.length === 0
      ? ''
      : `<section class="notice broken" aria-labelledby="ledger-broken">\n<h2 id="ledger-broken">The ledger is broken</h2>\n${linesText(warnings, anchors)}</section>\n`
  const old =
    stale.length === 0
      ? ''
      : `<section class="notice stale" aria-labelledby="stale">\n<h2 id="stale">Of an older state, or unknown</h2>\n${linesText(stale, anchors)}</section>\n`
  return broken + old
}

function linesText(lines: readonly (readonly Span[])[], anchors: Anchors): string {
  return lines.map(line => `<p>${spansText(line, anchors)}</p>\n`).join('')
}

/** A page of so few parts needs no list of them. */
const SHORT = 6

function contentsText({ sections }: ReportDocument): string {
  const entries = sections.flatMap(block =>
    block.kind === 'heading' && block.level === 2 ? [`<li><a href="#${escaped(block.id)}">${escaped(block.text)}</a></li>`] : [],
  )
  if (entries.length <= SHORT) return ''
  return `<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ol>${entries.join('')}</ol>\n</nav>\n`
}

function footText({ stamp }: ReportDocument): string {
  const made = stamp.version === '' ? 'Skeptic' : `Skeptic ${stamp.version}`
  return escaped(`Made with ${made} from the design ${stamp.digest}, as of ${stamp.at}.`)
}

/** A heading goes with its picture to a page on its side. */
function* blockText(block: Block, anchors: Anchors, goesAlong = false): Generator<string> {
  switch (block.kind) {
    case 'heading':
      yield `<h${block.level}${goesAlong ? ' class="turned"' : ''} id="${escaped(block.id)}">${escaped(block.text)}</h${block.level}>\n`
      return
    case 'paragraph':
      yield `<p${block.tone ? ` class="${block.tone}"` : ''}>${spansText(block.spans, anchors)}</p>\n`
      return
    case 'list':
      yield `<ul>\n${block.items.map(item => `<li>${spansText(item, anchors)}</li>\n`).join('')}</ul>\n`
      return
    case 'facts': {
      const rows = block.rows.map(
        ({ name, spans, tone }) =>
          `<dt>${escaped(name)}</dt><dd${tone ? ` class="${tone}"` : ''}>${spansText(spans, anchors)}</dd>\n`,
      )
      yield `<dl>\n${rows.join('')}</dl>\n`
      return
    }
    case 'table':
      yield* tableText(block, anchors)
      return
    case 'matrix':
      yield* matrixText(block, anchors)
      return
    case 'figure':
      yield figureText(block)
      return
    case 'break':
      yield '<div class="break"></div>\n'
  }
}

function figureText(figure: Extract<Block, { kind: 'figure' }>): string {
  const { caption, svg, words } = figure
  const drawing = svg === '' ? '' : `<div class="drawing">${svg}</div>\n`
  return `<figure${isTurned(figure) ? ' class="turned"' : ''}>\n${drawing}<figcaption><b>${isolated(caption)}</b> ${escaped(words)}</figcaption>\n</figure>\n`
}
