import { createContext, useContext } from 'react'
import styles from './heat.module.css'

/** How warm a thing is, and the sign that says so without colour. */
export type Warmth = { readonly level: 0 | 1 | 2 | 3 | 4; readonly mark: string }

/** What the colours of the drawing say, by the thing they are on. */
export type HeatMap = ReadonlyMap<string, Warmth>

/** The heat of the drawing around; empty while it is off. */
export const HeatContext = createContext<HeatMap>(new Map())

/** The colour and pattern of one box, with its sign; nothing where the question has no answer. */
export function HeatOn({ id }: { readonly id: string }) {
  const warmth = useContext(HeatContext).get(id)
  if (!warmth) return null
  return (
    <>
      <span className={styles.fill} data-level={warmth.level} aria-hidden />
      <span className={styles.mark} data-level={warmth.level} aria-hidden>
        {warmth.mark}
      </span>
    </>
  )
}

/** The sign of a flow, beside its name. */
export function HeatMark({ id }: { readonly id: string }) {
  const warmth = useContext(HeatContext).get(id)
  return warmth ? (
    <span className={`${styles.mark} ${styles.inline}`} data-level={warmth.level} aria-hidden>
      {warmth.mark}
    </span>
  ) : null
}
