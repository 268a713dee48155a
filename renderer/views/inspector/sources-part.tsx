import type { Finding } from '../../../core/threats/finding.ts'
import { useFacts } from '../../state/use-commands.ts'
import { DECISION_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { packTitle } from './pack-title.ts'
import { Part } from './part.tsx'
import sources from './sources-part.module.css'

type Props = {
  readonly members: readonly Finding[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

/** The rules that say the same: one answer is written to each; choosing one shows its own words. */
export function SourcesPart({ members, chosen, onChoose }: Props) {
  const { triage } = useDesign()
  const { packs } = useFacts()
  return (
    <Part title={t('Sources ({{number}})', { number: members.length })}>
      <p className={styles.mute}>{t('These rules say the same of the same place. An answer is written to each.')}</p>
      <ul className={sources.list}>
        {members.map(({ id, rule, pack, cwe }) => {
          const decision = triage[id]
          return (
            <li key={id}>
              <button
                type="button"
                className={sources.source}
                aria-pressed={id === chosen}
                data-focus={`source ${id}`}
                onClick={() => onChoose(id)}
              >
                <code className={sources.rule}>{rule}</code>
                <span className={sources.more}>
                  {[packTitle(packs, pack), cwe[0], decision ? DECISION_NAMES[decision.decision] : t('Undecided')]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
