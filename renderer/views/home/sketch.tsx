import { useId } from 'react'
import styles from './gallery.module.css'
import { type Drawn, SKETCHED, sketchOf } from './home-model.ts'

const ROUND = { process: 32, dataStore: 0, externalEntity: 6 } as const

type Props = { readonly drawn: Drawn; readonly isNamed?: boolean }

/** A design drawn small, as the canvas would draw it; names only where there is room. */
export function Sketch({ drawn, isNamed = false }: Props) {
  const { viewBox, boundaries, elements, flows } = sketchOf(drawn)
  const id = useId()
  return (
    <svg viewBox={viewBox} className={styles.sketch} aria-hidden preserveAspectRatio="xMidYMid meet">
      <defs>
        <marker id={id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 1 10 5 0 9z" className={styles.head} />
        </marker>
      </defs>
      {boundaries.map(({ id: key, at: [x, y, width, height] }) => (
        <rect key={key} x={x} y={y} width={width} height={height} rx="14" className={styles.boundary} />
      ))}
      {flows.map(({ id: key, ...line }) => (
        <line key={key} {...line} className={styles.flow} markerEnd={`url(#${id})`} />
      ))}
      {elements.map(({ id: key, kind, name, x, y }) => (
        <g key={key} className={styles[kind]}>
          <rect x={x} y={y} width={SKETCHED.width} height={SKETCHED.height} rx={ROUND[kind as keyof typeof ROUND]} />
          {kind === 'dataStore' ? (
            <path d={`M${x} ${y}h${SKETCHED.width} M${x} ${y + SKETCHED.height}h${SKETCHED.width}`} className={styles.rails} />
          ) : null}
          {isNamed ? (
            <text x={x + SKETCHED.width / 2} y={y + SKETCHED.height / 2} className={styles.label}>
              {name.length > 20 ? `${name.slice(0, 19)}…` : name}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  )
}
