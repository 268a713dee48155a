import { ChevronDown } from 'lucide-react'
import type { Category, PrivacyCategory } from '../../../core/model/types.ts'
import { filterFindings } from '../../commands/definitions/threats-look.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, PRIVACY_NAMES } from '../../state/words.ts'
import field from '../../ui/field.module.css'
import { t } from '../../words/translate.ts'
import styles from './threats-view.module.css'

/** One category to look at: STRIDE, and beside it privacy where some finding speaks of it. */
export function CategoryFilter({ privacy }: { readonly privacy: readonly PrivacyCategory[] }) {
  const run = useRun()
  const filter = useSession(session => session.filter)
  const value = filter.privacy ? `privacy ${filter.privacy}` : filter.category ? `stride ${filter.category}` : ''
  function pick(picked: string) {
    const [kind, name] = picked.split(' ')
    run(filterFindings, {
      category: kind === 'stride' ? (name as Category) : undefined,
      privacy: kind === 'privacy' ? (name as PrivacyCategory | 'any') : undefined,
    })
  }
  return (
    <span className={`${field.pick} ${styles.categoryPick}`}>
      <select aria-label={t('Category')} className={field.select} value={value} onChange={event => pick(event.target.value)}>
        <option value="">{t('All categories')}</option>
        <optgroup label="STRIDE">
          {CATEGORIES.map(category => (
            <option key={category} value={`stride ${category}`}>
              {CATEGORY_NAMES[category]}
            </option>
          ))}
        </optgroup>
        {privacy.length > 0 || filter.privacy ? (
          <optgroup label={t('Privacy')}>
            <option value="privacy any">{t('Any privacy threat')}</option>
            {privacy.map(category => (
              <option key={category} value={`privacy ${category}`}>
                {PRIVACY_NAMES[category]}
              </option>
            ))}
          </optgroup>
        ) : null}
      </select>
      <ChevronDown size={14} aria-hidden className={field.chevron} />
    </span>
  )
}
