import { useEffect, useState } from 'react'
import { useSession } from '../state/session.ts'
import type { Ink } from './far-paint.ts'

const TOKENS = [
  'ground',
  'fill',
  'process',
  'line',
  'boundary',
  'zone',
  'flow',
  'crossing',
  'ink',
  'mute',
  'bad',
  'onBad',
  'accent',
] as const satisfies readonly (keyof Ink)[]

/** What the page's colours hang on besides the theme of the person. */
const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']

/** The colours of the picture: the tokens of the stylesheet as they come out on the page now; again when theme or system change. */
export function useInk(probe: HTMLElement | null): Ink | undefined {
  const theme = useSession(session => session.preferences.theme)
  const [ink, setInk] = useState<Ink>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme counts by what the stylesheet makes of it
  useEffect(() => {
    if (!probe) return
    // The theme is put on the page by an effect of the frame, which comes after this one.
    const read = () => requestAnimationFrame(() => setInk(inkOf(probe)))
    setInk(inkOf(probe))
    const asked = read()
    const queries = QUERIES.map(query => matchMedia(query))
    for (const query of queries) query.addEventListener('change', read)
    void document.fonts.ready.then(read)
    return () => {
      cancelAnimationFrame(asked)
      for (const query of queries) query.removeEventListener('change', read)
    }
  }, [probe, theme])
  return ink
}

function inkOf(probe: HTMLElement): Ink {
  const style = getComputedStyle(probe)
  const colours = TOKENS.map(token => {
    probe.style.color = `var(--far-${token})`
    return [token, style.color] as const
  })
  return { ...(Object.fromEntries(colours) as Record<(typeof TOKENS)[number], string>), font: style.fontFamily }
}
