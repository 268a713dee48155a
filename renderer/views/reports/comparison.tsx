import { type ReactNode, useMemo, useState } from 'react'
import type { Design } from '../../../core/model/types.ts'
import { around } from '../../canvas/scene.ts'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { Differences } from './differences.tsx'
import { type DifferenceLine, diagramsOf, differenceLines, drawnMarks, type Kind } from './past-model.ts'
import { StillDrawing, stillOf } from './still.tsx'

type Pair = {
  readonly before: Design
  readonly after: Design
  /** What the two are called over their drawings, where that is not before and after. */
  readonly names?: readonly [string, string]
}

type Props = Pair & {
  /** The last versions of prompts that went out, where the ledger was read. */
  readonly issued?: ReadonlyMap<string, number>
  /** Whether the comparison can be copied as Markdown. */
  readonly copies?: boolean
  /** What can be done about one line. */
  readonly deed?: (line: DifferenceLine) => ReactNode
}

const NONE_ISSUED: ReadonlyMap<string, number> = new Map()

/** Two states of a design: both drawings with what differs, the list that says all of it, and what follows from it. */
export function Comparison({ before, after, names, issued = NONE_ISSUED, copies = false, deed }: Props) {
  const lines = useMemo(() => differenceLines(before, after), [before, after])
  const marks = useMemo(() => drawnMarks(lines), [lines])
  if (lines.length === 0) return <p role="status">{t('The design says the same at both times.')}</p>
  return (
    <>
      <Drawings before={before} after={after} marks={marks} {...(names ? { names } : {})} />
      <Differences before={before} after={after} issued={issued} lines={lines} copies={copies} {...(deed ? { deed } : {})} />
    </>
  )
}

type DrawingsProps = Pair & { readonly marks: ReadonlyMap<string, Kind> }

function Drawings({ before, after, marks, names = [t('Before'), t('After')] }: DrawingsProps) {
  const diagrams = diagramsOf(before, after)
  const [asked, setAsked] = useState<string>()
  const diagram = diagrams.find(({ id }) => id === asked) ?? diagrams[0]
  const stills = useMemo(
    () => ({ before: stillOf(before, diagram?.id, marks), after: stillOf(after, diagram?.id, marks) }),
    [before, after, diagram?.id, marks],
  )
  if (marks.size === 0) return <p className={styles.note}>{t('Nothing that is drawn differs.')}</p>
  const left = Math.max(stills.before.left, stills.after.left)
  const { x, y, width, height } = around([stills.before.bounds, stills.after.bounds])
  const view = { x: x - ROOM, y: y - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM }
  return (
    <>
      {diagrams.length > 1 && diagram ? (
        <div className={styles.pick}>
          <Pick
            label={t('Diagram')}
            value={diagram.id}
            choices={diagrams.map(({ id, name }) => ({ value: id, label: name }))}
            onPick={setAsked}
          />
        </div>
      ) : null}
      {left > 0 ? (
        <p className={styles.note}>
          {t('Drawn is what differs and what it is connected with; {{count}} other things are left out.', { count: left })}
        </p>
      ) : null}
      <div className={styles.drawings}>
        <figure className={styles.figure}>
          <figcaption className={styles.caption}>{names[0]}</figcaption>
          <StillDrawing still={stills.before} view={view} marks={without(marks, 'added')} label={t('The drawing before')} />
        </figure>
        <figure className={styles.figure}>
          <figcaption className={styles.caption}>{names[1]}</figcaption>
          <StillDrawing still={stills.after} view={view} marks={without(marks, 'removed')} label={t('The drawing after')} />
        </figure>
      </div>
    </>
  )
}

const ROOM = 24

/** What came is not there before, what went is not there after. */
function without(marks: ReadonlyMap<string, Kind>, kind: Kind): ReadonlyMap<string, Kind> {
  return new Map([...marks].filter(([, own]) => own !== kind))
}
