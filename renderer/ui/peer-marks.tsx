import type { Present } from '../../ydoc/presence.ts'
import { useSession } from '../state/session.ts'
import { t } from '../words/translate.ts'
import styles from './peer-marks.module.css'

const COLOURS = 6

/** The colour that goes with a number; the number itself is always shown too. */
export function peerColour(number: number): number {
  return ((number - 1) % COLOURS) + 1
}

/** What a window is called: who sits there, and its number, because one person may have several. */
export function peerName({ person, number }: Pick<Present, 'person' | 'number'>): string {
  return `${person} ${number}`
}

/** A window as a dot: initial and number. Its text is drawn, not written: the name beside it or around it is what is read. */
export function PeerDot({ number, person }: Pick<Present, 'person' | 'number'>) {
  const text = `${person.slice(0, 1).toUpperCase()}${number}`
  return <span className={`${styles.dot} ${styles.coloured}`} data-peer={peerColour(number)} data-text={text} aria-hidden />
}

/** Who else has this object selected; takes no room where nobody has. */
export function PeerMarks({ id }: { readonly id: string }) {
  const here = useSession(session => selecting(session.others, id))
  if (here === '') return null
  return (
    <span className={styles.marks}>
      {here.split('\n').map(line => {
        const [number = '', person = ''] = line.split('\t')
        return (
          <span key={number} title={t('{{name}} is here', { name: `${person} ${number}` })}>
            <PeerDot number={Number(number)} person={person} />
            <span className="visually-hidden">{t('{{name}} is here', { name: `${person} ${number}` })}</span>
          </span>
        )
      })}
    </span>
  )
}

/** One text, so that a row is drawn again only when who is on it changes. */
function selecting(others: readonly Present[], id: string): string {
  if (others.length === 0) return ''
  return others
    .filter(one => one.selection.includes(id))
    .map(one => `${one.number}\t${one.person}`)
    .join('\n')
}
