import type { Finding } from '../../../core/threats/finding.ts'
import { CATEGORY_NAMES, letterOf, PRIVACY_MARKS, PRIVACY_NAMES } from '../../state/words.ts'
import styles from './category-tile.module.css'

/** The categories of a finding, STRIDE first; privacy has tiles of its own look, so that nobody takes one for the other. */
export function CategoryTiles({ finding }: { readonly finding: Pick<Finding, 'categories' | 'privacy'> }) {
  return (
    <span className={styles.tiles}>
      {finding.categories.map(category => (
        <Tile key={category} mark={letterOf(category)} name={CATEGORY_NAMES[category]} />
      ))}
      {finding.privacy?.map(category => (
        <Tile key={category} mark={PRIVACY_MARKS[category]} name={PRIVACY_NAMES[category]} isPrivacy />
      ))}
    </span>
  )
}

type TileProps = { readonly mark: string; readonly name: string; readonly isPrivacy?: boolean }

function Tile({ mark, name, isPrivacy = false }: TileProps) {
  return (
    <span className={styles.tile}>
      <span className={`${styles.mark} ${isPrivacy ? styles.privacy : ''}`} aria-hidden>
        {mark}
      </span>
      <span className={styles.word}>
        {name}
        {isPrivacy ? <span className="visually-hidden"> (privacy)</span> : null}
      </span>
    </span>
  )
}
