import type { StepState } from '../state/step-states.ts'
import styles from './step-dot.module.css'

/** How far a step is, as a shape: ring, half, full, triangle, turn. */
export function StepDot({ state }: { readonly state: StepState }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className={styles[state]}>
      {SHAPES[state]}
    </svg>
  )
}

const SHAPES: Readonly<Record<StepState, React.ReactNode>> = {
  empty: <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  inProgress: (
    <>
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7 2.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
    </>
  ),
  complete: (
    <path
      d="M3.2 7.4 6 10.1l4.8-6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  attention: (
    <path
      d="M7 1.8 13 12.2H1z M7 5.5v3.2 M7 10.4v.3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  ),
}
