import { type Opening, openingOf } from '../../../core/gate/opening.ts'
import { entityOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Chip } from '../../ui/chip.tsx'
import { t } from '../../words/translate.ts'
import { openingSentence } from './gate-model.ts'
import styles from './opening-part.module.css'

const SHOWN = 8

/** What would open the gate, examined on a copy with the answers filled in: once as one hopes, once as one fears. */
export function OpeningPart({ workItem }: { readonly workItem: string | undefined }) {
  const design = useDesign()
  const { packs, at } = useFacts()
  const asked = { at, ...(workItem === undefined ? {} : { workItem }) }
  return (
    <div className={styles.ways}>
      {(['hoped', 'feared'] as const).map(outlook => (
        <Way key={outlook} opening={openingOf(design, packs, { ...asked, outlook })} />
      ))}
      <p className={styles.note}>
        {t('Nothing here is written. Each answer is assumed on a copy of the design, and the gate is examined again.')}
      </p>
    </div>
  )
}

function Way({ opening }: { readonly opening: Opening }) {
  const design = useDesign()
  const { steps, left, opens, spared } = opening
  return (
    <div className={styles.way}>
      <p className={styles.head}>{openingSentence(opening)}</p>
      <p className={styles.note}>
        {opens ? t('Then the gate is open.') : t('It stays closed until somebody does what is marked with a question mark.')}{' '}
        {spared > 0 ? t('{{count}} others settle themselves.', { count: spared }) : null}
      </p>
      <ol className={styles.steps}>
        {steps.slice(0, SHOWN).map(({ problem, assumed, follows }) => (
          <li key={`${problem.code} ${problem.at} ${problem.message}`}>
            <span className={styles.mark} aria-hidden>
              {follows ? '↳' : '·'}
            </span>
            <span>
              {problem.at && isHere(design, problem.at) ? <Chip id={problem.at} label={problem.message} /> : problem.message}{' '}
              <span className={styles.note}>
                {follows ? t('follows: {{assumed}}', { assumed }) : assumed}, {t('{{minutes}} min', { minutes: problem.effort })}
              </span>
            </span>
          </li>
        ))}
        {left.map(problem => (
          <li key={`left ${problem.code} ${problem.at} ${problem.message}`}>
            <span className={styles.mark}>?</span>
            <span>{problem.message}</span>
          </li>
        ))}
      </ol>
      {steps.length > SHOWN ? <p className={styles.note}>{t('and {{count}} more', { count: steps.length - SHOWN })}</p> : null}
    </div>
  )
}

/** What an assumed answer would bring is not in the design, so nothing leads to it. */
function isHere(design: Design, id: string): boolean {
  return id.startsWith('N-') || entityOf(design, id) !== undefined
}
