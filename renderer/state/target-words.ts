import type { Target } from '../../core/model/types.ts'
import { numberWords } from '../words/format.ts'
import { t } from '../words/translate.ts'

/** A tool's own name; two groups are no tools and are named in the person's language. */
export function toolWords(tool: string): string {
  if (tool === 'Any tool') return t('Any tool')
  return tool === 'Measuring' ? t('Measuring') : tool
}

/** Tool and format, so that a sentence needs nothing else to say for what something was made. */
export function targetWords({ tool, title }: Pick<Target, 'tool' | 'title'>): string {
  return tool === 'Any tool' ? title : `${toolWords(tool)}, ${title}`
}

/** What the tool reads of the prompt's own file; undefined where it says no limit. */
export function limitWords({ limits }: Pick<Target, 'limits'>): string | undefined {
  const { characters, lines, tokens, link } = limits
  const parts = [
    ...(characters === undefined ? [] : [t('{{size}} characters', { size: numberWords(characters) })]),
    ...(lines === undefined ? [] : [t('{{size}} lines', { size: numberWords(lines) })]),
    ...(tokens === undefined ? [] : [t('about {{size}} tokens', { size: numberWords(tokens) })]),
    ...(link === undefined ? [] : [t('{{size}} as a link', { size: numberWords(link) })]),
  ]
  return parts.length === 0 ? undefined : t('at most {{sizes}}', { sizes: parts.join(', ') })
}
