import { useMemo } from 'react'
import type { WordSpan } from '../../state/word-diff.ts'
import { t } from '../../words/translate.ts'
import styles from './version-diff.module.css'
import { type DiffRow, diffRows, rowStretches, type Side } from './version-diff-model.ts'

type Props = {
  readonly before: { readonly name: string; readonly text: string }
  readonly after: { readonly name: string; readonly text: string }
}

/** The lines of two versions against each other, told by signs as well as colours; the frame around them says how they stand. */
export function VersionDiff({ before, after }: Props) {
  const pieces = useMemo(() => rowStretches(diffRows(before.text, after.text)), [before.text, after.text])
  const isSame = pieces.every(piece => piece.kind === 'gap')
  return (
    <>
      <div className={styles.heads} aria-hidden>
        <span>{before.name}</span>
        <span>{after.name}</span>
      </div>
      {isSame ? <p className={styles.none}>{t('No line differs.')}</p> : null}
      {isSame
        ? null
        : pieces.map(piece =>
            piece.kind === 'gap' ? (
              <p key={piece.key} className={styles.gap}>
                {t('{{count}} unchanged lines', { count: piece.lines })}
              </p>
            ) : (
              piece.lines.map(row => <Row key={`${row.before?.number} ${row.after?.number}`} row={row} />)
            ),
          )}
    </>
  )
}

function Row({ row }: { readonly row: DiffRow }) {
  return (
    <div className={styles.row} data-same={row.isSame}>
      <Cell side={row.before} sign={row.isSame ? ' ' : '−'} kind={row.isSame ? 'same' : 'removed'} />
      <Cell side={row.after} sign={row.isSame ? ' ' : '+'} kind={row.isSame ? 'again' : 'added'} />
    </div>
  )
}

type CellProps = {
  readonly side: Side | undefined
  readonly sign: string
  readonly kind: 'same' | 'again' | 'removed' | 'added'
}

function Cell({ side, sign, kind }: CellProps) {
  if (!side) return <div className={`${styles.cell} ${styles.nothing}`} aria-hidden />
  return (
    <div className={`${styles.cell} ${styles[kind]}`} aria-hidden={kind === 'again'}>
      <span className={styles.number} aria-hidden>
        {side.number}
      </span>
      <span className={styles.sign} aria-hidden>
        {sign}
      </span>
      <span className={styles.code}>
        <span className="visually-hidden">{kind === 'added' ? t('now: ') : kind === 'removed' ? t('before: ') : ''}</span>
        {side.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have nothing else to be told by
          <Word key={index} part={part} kind={kind} />
        ))}
      </span>
    </div>
  )
}

function Word({ part, kind }: { readonly part: WordSpan; readonly kind: CellProps['kind'] }) {
  if (!part.isChanged) return <>{part.text || ' '}</>
  return kind === 'removed' ? <del className={styles.mark}>{part.text}</del> : <ins className={styles.mark}>{part.text}</ins>
}
