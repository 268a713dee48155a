import type { Category, PrivacyCategory } from '../../../core/model/types.ts'
import { CATEGORY_NAMES, letterOf, PRIVACY_MARKS, PRIVACY_NAMES } from '../../state/words.ts'
import { t } from '../../words/translate.ts'
import styles from './category-tile.module.css'

type Props = { readonly categories: readonly Category[]; readonly privacy: readonly PrivacyCategory[] }

/** The categories of a finding, STRIDE first; privacy has tiles of its own look, so that nobody takes one for the other. */
export function CategoryTiles({ categories, privacy }: Props) {
  const isMany = categories.length + privacy.length > 1
  return (
    <span className={styles.tiles} data-many={isMany}>
      {categories.map(category => (
        <Tile key={category} mark={letterOf(category)} name={CATEGORY_NAMES[category]} />
      ))}
      {privacy.map(category => (
        <Tile key={category} mark={PRIVACY_MARKS[category]} name={PRIVACY_NAMES[category]} isPrivacy />
      ))}
    </span>
  )
}

type TileProps = { readonly mark: string; readonly name: string; readonly isPrivacy?: boolean }

function Tile({ mark, name, isPrivacy = false }: TileProps) {
  return (
    <span className={styles.tile} title={name}>
      <span className={`${styles.mark} ${isPrivacy ? styles.privacy : ''}`} aria-hidden>
        {mark}
      </span>
      <span className={styles.word}>
        {name}
        {isPrivacy ? <span className="visually-hidden"> {t('(privacy)')}</span> : null}
      </span>
    </span>
  )
}
