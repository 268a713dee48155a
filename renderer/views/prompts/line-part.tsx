import { useMemo, useState } from 'react'
import { openRemarks } from '../../../core/prompts/remarks.ts'
import { answerRemark, argueWithLine } from '../../commands/definitions/prompts.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { t } from '../../words/translate.ts'
import { useLit } from './lit.ts'
import { Origin } from './origin.tsx'
import styles from './prompt-side.module.css'
import { type GutterLine, originsOf, tellingFirst } from './prompts-model.ts'

/** Where the line pointed at comes from, and the way back: pointing at an origin lights its lines. */
export function LinePart({ lines, isOld }: { readonly lines: readonly GutterLine[]; readonly isOld: boolean }) {
  const { line, id } = useLit()
  const run = useRun()
  const shown = line && lines[line.number - 1]?.text === line.text ? line : undefined
  const ids = shown ? tellingFirst(shown.from) : []
  const [first] = ids
  return (
    <section aria-label={t('Where this line comes from')}>
      <h2 className={styles.title}>{shown ? t('Line {{line}}', { line: shown.number }) : t('Where lines come from')}</h2>
      {shown ? null : <p className={styles.mute}>{t('Point at a line, or walk the text with the arrow keys.')}</p>}
      {shown?.edited ? <EditedLine was={shown.edited.was} /> : null}
      {shown && ids.length === 0 ? <p className={styles.mute}>{t('From the template; the same in every prompt.')}</p> : null}
      <div className={styles.origins}>
        {ids.map(one => (
          <Origin key={one} id={one} isNamed isLit={one === id || id === undefined} />
        ))}
      </div>
      {first !== undefined && !isOld ? (
        <AddLine
          key={`${shown?.number} ${first}`}
          label={t('Argue with line {{line}}', { line: shown?.number ?? 0 })}
          placeholder={t('Argue with this line…')}
          onAdd={text => run(argueWithLine, { id: first, text })}
        />
      ) : null}
      <Remarks lines={lines} />
      <AllOrigins lines={lines} />
    </section>
  )
}

/** What stood in the place of a line by hand. */
function EditedLine({ was }: { readonly was: string | undefined }) {
  return was === undefined || was.trim() === '' ? (
    <p className={styles.mute}>{t('Added by hand.')}</p>
  ) : (
    <div className={styles.mute}>
      {t('Edited by hand, was:')}
      <blockquote className={styles.was}>{was}</blockquote>
    </div>
  )
}

function Remarks({ lines }: { readonly lines: readonly GutterLine[] }) {
  const design = useDesign()
  const run = useRun()
  const remarks = useMemo(() => openRemarks(design, new Set(lines.flatMap(line => line.from))), [design, lines])
  if (remarks.length === 0) return null
  return (
    <ul className={styles.remarks} aria-label={t('Remarks on lines')}>
      {remarks.map(remark => (
        <li key={remark.id} className={styles.remark}>
          <p>{remark.text}</p>
          <p className={styles.remarkMore}>
            <Origin id={remark.anchor.id} isLit={false} /> {remark.by}
            <Button small look="quiet" onPress={() => run(answerRemark, remark.id)}>
              {t('Answered')}
            </Button>
          </p>
        </li>
      ))}
    </ul>
  )
}

function AllOrigins({ lines }: { readonly lines: readonly GutterLine[] }) {
  const [isOpen, setOpen] = useState(false)
  const origins = useMemo(() => originsOf(lines), [lines])
  const { id } = useLit()
  if (origins.length === 0) return null
  return (
    <>
      <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
        {t('All {{count}} sources of this prompt', { count: origins.length })}
      </Fold>
      {isOpen ? (
        <div className={styles.origins}>
          {origins.map(origin => (
            <Origin
              key={origin.id}
              id={origin.id}
              isNamed
              isLit={origin.id === id}
              note={t('{{count}} lines', { count: origin.lines })}
            />
          ))}
        </div>
      ) : null}
    </>
  )
}
