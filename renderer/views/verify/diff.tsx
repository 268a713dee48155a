import { useMemo } from 'react'
import type { ChangedFile } from '../../../host/contract.ts'
import { counted } from '../../state/words.ts'
import { type DiffLine, diffLines, withContext } from './diff-lines.ts'
import styles from './verify-view.module.css'

const MARKS = { same: ' ', added: '+', removed: '-' } as const
const WORDS = { same: '', added: 'added: ', removed: 'removed: ' } as const

/** One file's difference, told by signs as well as colours. */
export function Diff({ file }: { readonly file: ChangedFile }) {
  const pieces = useMemo(() => withContext(diffLines(file.before, file.after)), [file.before, file.after])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
    <section aria-label={`Difference of ${file.path}`} className={styles.diff} tabIndex={0}>
      {pieces.map(piece =>
        piece.kind === 'gap' ? (
          <p key={piece.key} className={styles.gap}>
            {counted(piece.lines, 'unchanged line')}
          </p>
        ) : (
          piece.lines.map(line => <Line key={`${line.before} ${line.after}`} line={line} />)
        ),
      )}
    </section>
  )
}

function Line({ line }: { readonly line: DiffLine }) {
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
        <span className="visually-hidden">{WORDS[line.kind]}</span>
        {line.text || ' '}
      </span>
    </div>
  )
}
