import { useEffect, useReducer, useRef, useState } from 'react'
import { t } from '../words/translate.ts'
import { drawable, isPlainSvg } from './check-svg.ts'
import type { DrawAnswer, DrawAsked } from './page/messages.ts'
import styles from './picture.module.css'

/** After so long the page is given up and another one opened: a hostile text must not cost more. */
const PATIENCE = 3000

type Props = { readonly text: string; readonly label: string }

type Shown =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'picture'; readonly url: string }
  | { readonly kind: 'none'; readonly why: string }

/** Mermaid text as a picture, drawn in a page that can reach nothing and shown as an image. */
export function Picture({ text, label }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [page, replacePage] = useReducer((count: number) => count + 1, 0)
  const [isReady, setReady] = useState(false)
  const [shown, setShown] = useState<Shown>({ kind: 'waiting' })
  const asked = useRef(0)
  const source = drawable(text)

  useEffect(() => {
    function onMessage({ source: from, data }: MessageEvent) {
      if (from !== frame.current?.contentWindow) return
      const answer = data as DrawAnswer
      if ('ready' in answer) setReady(true)
      else if (answer.drawn === asked.current) setShown(shownFor(answer))
    }
    addEventListener('message', onMessage)
    return () => removeEventListener('message', onMessage)
  }, [])

  useEffect(() => {
    if (!isReady || source === undefined) return
    const draw = ++asked.current
    const question: DrawAsked = { draw, text: source, dark: matchMedia('(prefers-color-scheme: dark)').matches }
    frame.current?.contentWindow?.postMessage(question, '*')
    const timer = setTimeout(() => {
      if (asked.current !== draw) return
      setShown(before => {
        if (before.kind === 'waiting') {
          setReady(false)
          replacePage()
          return { kind: 'none', why: t('Drawing this text took longer than 3 seconds, so it was given up.') }
        }
        return before
      })
    }, PATIENCE)
    setShown(before => (before.kind === 'picture' ? before : { kind: 'waiting' }))
    return () => clearTimeout(timer)
  }, [isReady, source])

  useEffect(() => (shown.kind === 'picture' ? () => URL.revokeObjectURL(shown.url) : undefined), [shown])

  return (
    <div className={styles.picture}>
      <iframe
        key={page}
        ref={frame}
        title={t('Draws the diagram')}
        src="./mermaid-host.html"
        sandbox="allow-scripts"
        className={styles.page}
        aria-hidden
        tabIndex={-1}
      />
      {source === undefined ? (
        <p className={styles.note}>{t('Only flowcharts of up to 1,500 lines are drawn here.')}</p>
      ) : shown.kind === 'picture' ? (
        <img src={shown.url} alt={label} className={styles.image} />
      ) : (
        <p className={styles.note} role="status">
          {shown.kind === 'none' ? shown.why : t('Drawing…')}
        </p>
      )}
    </div>
  )
}

function shownFor(answer: Exclude<DrawAnswer, { readonly ready: true }>): Shown {
  if ('error' in answer) return { kind: 'none', why: answer.error }
  if (!isPlainSvg(answer.svg))
    return { kind: 'none', why: t('The picture held something that could run or load, so it is not shown.') }
  return { kind: 'picture', url: URL.createObjectURL(new Blob([answer.svg], { type: 'image/svg+xml' })) }
}
