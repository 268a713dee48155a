import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { RISK_MATRIX, type Risk } from '../../../core/mitigations/risk.ts'
import { placeThreat } from '../../commands/definitions/rate.ts'
import { riskLevelName } from '../../state/risk-words.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { matrixPlaces, type Place, placeUnder, stepTo } from './mitigate-model.ts'
import styles from './risk-matrix.module.css'

const SCALE = [1, 2, 3, 4, 5] as const

type Props = { readonly states: readonly ThreatState[]; readonly shown: ThreatState }

/** Likelihood by impact: where the threats stand, and the one in view with its two marks; its first mark is moved by arrows or drag. */
export function RiskMatrix({ states, shown }: Props) {
  const run = useRun()
  const threat = shown.threat.id
  const places = matrixPlaces(states.filter(state => state !== shown))
  const [dragged, setDragged] = useState<Place>()
  const before: Place | undefined = dragged ?? shown.inherent
  const after = dragged ? undefined : shown.residual
  const move = ({ likelihood, impact }: Place) => run(placeThreat, { threat, likelihood, impact })
  return (
    <section aria-label={t('Risk matrix')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Risk matrix')}</h2>
        <span className={panel.grow} />
        <span className={styles.legend}>
          <span className={styles.keyBefore} aria-hidden /> {t('inherent')} <span className={styles.keyAfter} aria-hidden />{' '}
          {t('residual')}
        </span>
      </div>
      <div className={styles.body}>
        <div className={styles.plot}>
          <table className={styles.matrix}>
            <thead>
              <tr>
                <th scope="col" className={styles.corner}>
                  <span className="visually-hidden">{t('Likelihood by impact')}</span>
                </th>
                {SCALE.map(impact => (
                  <th key={impact} scope="col">
                    <span className="visually-hidden">{t('Impact')} </span>
                    {impact}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {SCALE.toReversed().map(likelihood => (
                <tr key={likelihood}>
                  <th scope="row">
                    <span className="visually-hidden">{t('Likelihood')} </span>
                    {likelihood}
                  </th>
                  {SCALE.map(impact => {
                    const place = places.get(`${likelihood} ${impact}`)
                    const level = RISK_MATRIX[likelihood - 1]?.[impact - 1] ?? 'low'
                    return (
                      <td key={impact} className={styles[level]}>
                        <span className="visually-hidden">{riskLevelName(level)} </span>
                        {place ? (
                          <span className={styles.others}>
                            {place.before > 0 ? (
                              <span>
                                <span aria-hidden>○</span>
                                {place.before}
                                <span className="visually-hidden"> {t('before')} </span>
                              </span>
                            ) : null}
                            {place.after > 0 ? (
                              <span>
                                <span aria-hidden>●</span>
                                {place.after}
                                <span className="visually-hidden"> {t('after')} </span>
                              </span>
                            ) : null}
                          </span>
                        ) : null}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <Marks before={before} after={after} threat={threat} onMove={move} onDrag={setDragged} />
        </div>
        <p className={styles.axes} aria-hidden>
          <span>{t('↑ Likelihood')}</span> <span>{t('Impact →')}</span>
        </p>
        <div className={styles.foot}>
          {shown.inherent ? (
            <p className={panel.sub}>{t('Drag the ring, or focus it and press an arrow. It becomes your own estimate.')}</p>
          ) : (
            <>
              <p className={panel.sub}>{t('Nobody said how likely or how bad it is, and unknown is not low.')}</p>
              <Button small onPress={() => move({ likelihood: 3, impact: 3 })}>
                {t('Place it in the middle')}
              </Button>
            </>
          )}
        </div>
      </div>
    </section>
  )
}

type MarksProps = {
  readonly before: Place | undefined
  readonly after: Risk | undefined
  readonly threat: string
  readonly onMove: (to: Place) => void
  readonly onDrag: (to: Place | undefined) => void
}

/** The ring of the inherent risk, the dot of the residual one, and the way between them. */
function Marks({ before, after, threat, onMove, onDrag }: MarksProps) {
  const area = useRef<HTMLDivElement>(null)
  const isDragging = useRef(false)
  if (!before) return null
  function under(event: PointerEvent): Place | undefined {
    const box = area.current?.getBoundingClientRect()
    return box ? placeUnder({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }) : undefined
  }
  function onKeyDown(event: KeyboardEvent) {
    const to = before && stepTo(before, event.key)
    if (!to) return
    event.preventDefault()
    onMove(to)
  }
  const isMoved = after && (after.likelihood !== before.likelihood || after.impact !== before.impact)
  return (
    <div ref={area} className={styles.marks}>
      {isMoved ? (
        <svg className={styles.way} viewBox="0 0 50 50" preserveAspectRatio="none" aria-hidden="true">
          <line
            x1={before.impact * 10 - 5}
            y1={55 - before.likelihood * 10}
            x2={after.impact * 10 - 5}
            y2={55 - after.likelihood * 10}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      ) : null}
      {after ? (
        <span aria-hidden className={`${styles.after} ${styles[`row${after.likelihood}`]} ${styles[`col${after.impact}`]}`} />
      ) : null}
      <button
        type="button"
        className={`${styles.before} ${styles[`row${before.likelihood}`]} ${styles[`col${before.impact}`]}`}
        aria-label={t('Inherent risk of {{id}}: likelihood {{likelihood}}, impact {{impact}}. Arrows move it.', {
          id: threat,
          likelihood: before.likelihood,
          impact: before.impact,
        })}
        data-focus="matrix-mark"
        onKeyDown={onKeyDown}
        onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={event => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          isDragging.current = true
          onDrag(under(event))
        }}
        onPointerUp={event => {
          const to = under(event)
          onDrag(undefined)
          if (to && isDragging.current) onMove(to)
          isDragging.current = false
        }}
        onPointerCancel={() => {
          isDragging.current = false
          onDrag(undefined)
        }}
      />
    </div>
  )
}
