import { useMemo } from 'react'
import { unhidden } from '../../../core/evidence/show.ts'
import type { ChangedFile } from '../../../host/contract.ts'
import { type DiffLine, diffLines, stretchesOf } from '../../state/line-diff.ts'
import { type WordSpan, wordsIn } from '../../state/word-diff.ts'
import { t } from '../../words/translate.ts'
import styles from './diff.module.css'

const MARKS = { same: ' ', added: '+', removed: '-' } as const

/** One file's difference, told by signs as well as colours; characters that hide or reorder code are made visible. */
export function Diff({ file }: { readonly file: ChangedFile }) {
  const pieces = useMemo(
    () =>
      stretchesOf(diffLines(file.before, file.after)).map(piece =>
        piece.kind === 'lines' ? { ...piece, words: wordsIn(piece.lines) } : piece,
      ),
    [file.before, file.after],
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
    <section aria-label={t('Difference of {{path}}', { path: file.path })} className={styles.diff} tabIndex={0}>
      <div className={styles.lines}>
        {pieces.map(piece =>
          piece.kind === 'gap' ? (
            <p key={piece.key} className={styles.gap}>
              {t('{{count}} unchanged lines', { count: piece.lines })}
            </p>
          ) : (
            piece.lines.map(line => <Line key={`${line.before} ${line.after}`} line={line} words={piece.words.get(line)} />)
          ),
        )}
      </div>
    </section>
  )
}

type LineProps = { readonly line: DiffLine; readonly words: readonly WordSpan[] | undefined }

function Line({ line, words }: LineProps) {
  const spoken = line.kind === 'same' ? '' : line.kind === 'added' ? t('added:') : t('removed:')
  return (
    <div className={`${styles.diffLine} ${styles[line.kind]}`}>
      <span className={styles.number} aria-hidden>
        {line.before}
      </span>
      <span className={styles.number} aria-hidden>
        {line.after}
      </span>
      <span className={styles.sign} aria-hidden>
        {MARKS[line.kind]}
      </span>
      <span className={styles.code}>
        <span className="visually-hidden">{spoken} </span>
        {words
          ? words.map((span, at) =>
              span.isChanged ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no names
                <mark key={at} className={styles.word}>
                  {unhidden(span.text)}
                </mark>
              ) : (
                unhidden(span.text)
              ),
            )
          : unhidden(line.text) || ' '}
      </span>
    </div>
  )
}
