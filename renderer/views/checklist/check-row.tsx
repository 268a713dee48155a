import { Trash2 } from 'lucide-react'
import { ownCheckOf } from '../../../core/checklists/edits.ts'
import type { PastCheck } from '../../../core/checklists/since.ts'
import { entityOf } from '../../../core/model/lookup.ts'
import type { Check } from '../../../core/model/types.ts'
import { goToCheck, removeCheck } from '../../commands/definitions/checklist.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chips } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import styles from './check-row.module.css'
import { howWords, severityName, whoWords } from './checklist-model.ts'

type Props = {
  readonly check: Check
  /** What it said when the change was last judged, or that it was not there; only while changes are shown. */
  readonly mark?: { readonly kind: 'added' } | { readonly kind: 'reworded'; readonly before: string } | undefined
}

/** One check: a sentence a stranger can decide, how and by whom; boxes nobody ticked, on paper. */
export function CheckRow({ check, mark }: Props) {
  const design = useDesign()
  const run = useRun()
  const own = ownCheckOf(design, check)
  return (
    <li className={styles.check} data-mark={mark?.kind}>
      <Boxes />
      <button
        type="button"
        className={styles.id}
        aria-label={t('Answer {{id}}', { id: check.id })}
        onClick={() => run(goToCheck, check.id)}
      >
        {check.id}
      </button>
      <div className={styles.words}>
        <p className={styles.statement}>
          {check.statement}
          {mark?.kind === 'added' ? (
            <>
              {' '}
              <Badge tone="good">{t('new')}</Badge>
            </>
          ) : null}
        </p>
        {mark?.kind === 'reworded' ? (
          <p className={styles.before}>
            <del>{mark.before}</del>
          </p>
        ) : null}
        <p className={styles.how}>
          <span className={styles.label}>{t('how')}</span> {howWords(check)} <span className={styles.label}>{t('who')}</span>{' '}
          {whoWords(check)}
          {check.allowSelfReported ? <span className={styles.self}> · {t('self-reported is enough')}</span> : null}
        </p>
      </div>
      <Sources ids={check.from} />
      <span className={styles.end}>
        <Badge tone={check.severity === 'blocker' ? 'bad' : check.severity === 'major' ? 'warn' : 'plain'}>
          {severityName(check.severity)}
        </Badge>
        {own ? (
          <IconButton label={t('Remove check {{id}}', { id: check.id })} onPress={() => run(removeCheck, own)}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        ) : null}
      </span>
    </li>
  )
}

/** A check that nothing asks for any more; it was asked when the change was judged, so it does not vanish. */
export function GoneRow({ check }: { readonly check: PastCheck }) {
  return (
    <li className={`${styles.check} ${styles.gone}`}>
      <span className={styles.boxes} aria-hidden />
      <code className={styles.id}>{check.id}</code>
      <div className={styles.words}>
        <p className={styles.statement}>
          <s>{check.statement}</s>
        </p>
        <p className={styles.how}>{t('kept for history')}</p>
      </div>
      <Sources ids={check.from} />
      <span className={styles.end} />
    </li>
  )
}

/** Objects lead to their place; what is gone is told and struck through, controls and rules are only named. */
function Sources({ ids }: { readonly ids: readonly string[] }) {
  const design = useDesign()
  const there = ids.filter(id => /^[A-Z]-/.test(id) && entityOf(design, id) !== undefined)
  const rest = ids.filter(id => !there.includes(id))
  return (
    <span className={styles.sources}>
      <Chips ids={there} />
      {rest.map(id =>
        /^[RTMEFBDXW]-/.test(id) ? (
          <s key={id} className={styles.source} title={t('{{id}} is no longer part of the design', { id })}>
            {id}
          </s>
        ) : (
          <span key={id} className={styles.source}>
            {id}
          </span>
        ),
      )}
    </span>
  )
}

function Boxes() {
  return (
    <span className={styles.boxes} aria-hidden>
      <span className={styles.box} />
      <span className={styles.box} />
      <span className={styles.box} />
    </span>
  )
}
