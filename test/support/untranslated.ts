import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { root } from './served-workbench.ts'

type Catalogue = Readonly<Record<string, string>>

/** English the window can say and German says otherwise: whole texts, and patterns for texts with values in them. */
export type English = { readonly texts: ReadonlySet<string>; readonly patterns: readonly RegExp[] }

const read = (name: string) => JSON.parse(readFileSync(path.join(root, 'renderer/words', `${name}.json`), 'utf8')) as Catalogue

/** Patterns with fewer letters of their own fit sentences they have nothing to do with. */
const TELLING = 8

/** What must not be seen in a German window. */
export function englishOf(de: Catalogue = read('de'), en: Catalogue = read('en')): English {
  const said = Object.keys(de)
    .map(form => [en[form] ?? form, de[form] ?? ''] as const)
    .filter(([english, german]) => english !== german)
    .map(([english]) => english)
  const isPattern = (text: string) => text.includes('{{')
  return {
    texts: new Set(said.filter(text => !isPattern(text) && /\p{L}{2}/u.test(text))),
    patterns: said
      .filter(text => isPattern(text) && text.replace(/\{\{\w+\}\}/g, '').replace(/\P{L}/gu, '').length >= TELLING)
      .map(patternOf),
  }
}

function patternOf(text: string): RegExp {
  const parts = text.split(/(\{\{\w+\}\})/).map(part => (part.startsWith('{{') ? placeOf(part) : escaped(part)))
  return new RegExp(`^${parts.join('')}$`, 'u')
}

function placeOf(place: string): string {
  return place === '{{count}}' ? '[\\d.,]+' : '.{1,80}'
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The texts that are English although the window speaks German; what the design itself says is nobody's to translate. */
export function untranslated(
  seen: readonly string[],
  { texts, patterns }: English,
  content: ReadonlySet<string>,
): readonly string[] {
  return [...new Set(seen)].filter(
    text => !content.has(text) && (texts.has(text) || patterns.some(pattern => pattern.test(text))),
  )
}

/** Every text that stands in the files of a design. */
export function contentOf(folder: string): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.add(value.trim())
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one)
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.json')) walk(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  return found
}

/** What a person sees and a screen reader says now: texts, labels, titles, hints and choices. Code and what is marked as English are left out. */
export function textsOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const left = '[lang="en"], code, pre, kbd, script, style, .cm-editor, textarea'
    const isShown = (element: Element) => element.closest(left) === null && element.checkVisibility()
    const seen: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent && (parent.tagName === 'OPTION' ? isShown(parent.closest('select') ?? parent) : isShown(parent)))
        seen.push(node.textContent ?? '')
    }
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt], optgroup[label]'))
      if (element.closest(left.replace(', textarea', '')) === null)
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'label']) seen.push(element.getAttribute(name) ?? '')
    return seen.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => /\p{L}{2}/u.test(text))
  })
}
