import { t } from '../words/translate.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago an instant was, roughly; beyond a month its day. */
export function ago(at: string, now: string): string {
  const gone = Date.parse(now) - Date.parse(at)
  if (Number.isNaN(gone)) return ''
  if (gone < MINUTE) return t('just now')
  if (gone < HOUR) return t('{{count}} min ago', { count: Math.floor(gone / MINUTE) })
  if (gone < DAY) return t('{{count}} h ago', { count: Math.floor(gone / HOUR) })
  if (gone < 31 * DAY) return t('{{count}} days ago', { count: Math.floor(gone / DAY) })
  return t('on {{day}}', { day: at.slice(0, 10) })
}
