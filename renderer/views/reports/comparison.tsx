import { useMemo, useState } from 'react'
import type { Design } from '../../../core/model/types.ts'
import { around } from '../../canvas/scene.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { type DifferenceLine, diagramsOf, differenceLines, drawnMarks, KIND_NAMES, type Kind, SIGNS } from './past-model.ts'
import { StillDrawing, stillOf } from './still.tsx'

type Props = { readonly before: Design; readonly after: Design }

/** Two states of a design: both drawings with what differs, and the list that says all of it. */
export function Comparison({ before, after }: Props) {
  const lines = useMemo(() => differenceLines(before, after), [before, after])
  if (lines.length === 0) return <p role="status">{t('The design says the same at both times.')}</p>
  return (
    <>
      <Drawings before={before} after={after} marks={drawnMarks(lines)} />
      <Differences lines={lines} />
    </>
  )
}

type DrawingsProps = Props & { readonly marks: ReadonlyMap<string, Kind> }

function Drawings({ before, after, marks }: DrawingsProps) {
  const diagrams = diagramsOf(before, after)
  const [asked, setAsked] = useState<string>()
  const diagram = diagrams.find(({ id }) => id === asked) ?? diagrams[0]
  const stills = useMemo(
    () => ({ before: stillOf(before, diagram?.id), after: stillOf(after, diagram?.id) }),
    [before, after, diagram?.id],
  )
  if (marks.size === 0) return <p className={styles.note}>{t('Nothing that is drawn differs.')}</p>
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
      <div className={styles.drawings}>
        <figure className={styles.figure}>
          <figcaption className={styles.caption}>{t('Before')}</figcaption>
          <StillDrawing still={stills.before} view={view} marks={without(marks, 'added')} label={t('The drawing before')} />
        </figure>
        <figure className={styles.figure}>
          <figcaption className={styles.caption}>{t('After')}</figcaption>
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

/** More lines than this are shown when asked for: an import can change thousands. */
const MOST = 40

function Differences({ lines }: { readonly lines: readonly DifferenceLine[] }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? lines : lines.slice(0, MOST)
  const count = (kind: Kind) => lines.filter(line => line.kind === kind).length
  return (
    <>
      <p className={styles.note} role="status">
        {t('{{added}} added, {{changed}} changed, {{removed}} removed.', {
          added: count('added'),
          changed: count('changed'),
          removed: count('removed'),
        })}
      </p>
      <ul aria-label={t('Differences')} className={styles.list}>
        {shown.map(line => (
          <li key={`${line.kind} ${line.id}`} className={styles.item}>
            <span className={`${styles.sign} ${styles[line.kind]}`}>
              <span aria-hidden>{SIGNS[line.kind]}</span>
              <span className="visually-hidden">{KIND_NAMES[line.kind]}</span>
            </span>
            {line.isObject ? <Chip id={line.id} named label={line.label} /> : <strong>{line.label}</strong>}
            {line.what ? <span className={styles.what}>{line.what}</span> : null}
          </li>
        ))}
      </ul>
      {shown.length < lines.length ? (
        <div>
          <Button small look="quiet" onPress={() => setWhole(true)}>
            {t('Show all {{count}}', { count: lines.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}
