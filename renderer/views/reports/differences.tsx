import { Copy } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { Design } from '../../../core/model/types.ts'
import type { Difference } from '../../../core/reports/difference.ts'
import { copyComparison } from '../../commands/definitions/history.ts'
import { useDifference } from '../../compare/use-difference.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Progress } from '../../ui/progress.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { language, t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { type EffectLine, effectGroups } from './effects-model.ts'
import { type DifferenceLine, KIND_NAMES, type Kind, SIGNS } from './past-model.ts'

type Props = {
  readonly before: Design
  readonly after: Design
  readonly issued: ReadonlyMap<string, number>
  readonly lines: readonly DifferenceLine[]
  readonly copies: boolean
  readonly deed?: (line: DifferenceLine) => ReactNode
}

/** All that differs, at once; its sentences and what follows from it as soon as they are derived. */
export function Differences({ before, after, issued, lines, copies, deed }: Props) {
  const { state, cancel, again } = useDifference(before, after, issued)
  const difference = state.kind === 'ready' ? state.difference : undefined
  const sentences = useMemo(() => new Map(difference?.changes.map(({ id, sentence }) => [id, sentence])), [difference])
  const count = (kind: Kind) => lines.filter(line => line.kind === kind).length
  return (
    <>
      <div className={styles.counts}>
        <p className={styles.note} role="status">
          {t('{{added}} added, {{changed}} changed, {{removed}} removed.', {
            added: count('added'),
            changed: count('changed'),
            removed: count('removed'),
          })}
        </p>
        {copies ? <CopyMarkdown difference={difference} /> : null}
      </div>
      <Rows label={t('Differences')} count={lines.length}>
        {most =>
          lines
            .slice(0, most)
            .map(line => <Line key={`${line.kind} ${line.id}`} line={line} sentence={sentences.get(line.id)} deed={deed} />)
        }
      </Rows>
      {state.kind === 'deriving' ? (
        <div className={styles.counts}>
          <Progress label={t('What follows from it')} done={state.done} of={state.of} />
          <Button small onPress={cancel}>
            {t('Cancel')}
          </Button>
        </div>
      ) : null}
      {state.kind === 'cancelled' || state.kind === 'failed' ? (
        <div className={styles.counts}>
          <p role="status">
            {state.kind === 'failed'
              ? t('What follows from it could not be derived.')
              : t('What follows from it was not derived.')}
          </p>
          <Button small onPress={again}>
            {t('Derive it')}
          </Button>
        </div>
      ) : null}
      {difference ? <Effects difference={difference} /> : null}
    </>
  )
}

function CopyMarkdown({ difference }: { readonly difference: Difference | undefined }) {
  const run = useRun()
  return (
    <Button
      small
      isDisabled={!difference}
      icon={<Copy size={13} aria-hidden />}
      onPress={async () => {
        if (!difference) return
        const { differenceMarkdown } = await import('../../../core/reports/difference-text.ts')
        run(copyComparison, differenceMarkdown(difference))
      }}
    >
      {t('Copy as Markdown')}
    </Button>
  )
}

type LineProps = {
  readonly line: DifferenceLine
  readonly sentence: string | undefined
  readonly deed: Props['deed']
}

function Line({ line, sentence, deed }: LineProps) {
  return (
    <li className={styles.item}>
      <Sign kind={line.kind} />
      {line.isObject ? <Chip id={line.id} named label={line.label} /> : <strong>{line.label}</strong>}
      {line.what && (sentence === undefined || language() !== CONTENT_LANGUAGE) ? (
        <span className={styles.what}>{line.what}</span>
      ) : null}
      {sentence === undefined ? null : (
        <span className={styles.what} lang={CONTENT_LANGUAGE}>
          {sentence}
        </span>
      )}
      {deed ? <span className={styles.deed}>{deed(line)}</span> : null}
    </li>
  )
}

function Sign({ kind }: { readonly kind: Kind }) {
  return (
    <span className={`${styles.sign} ${styles[kind]}`}>
      <span aria-hidden>{SIGNS[kind]}</span>
      <span className="visually-hidden">{KIND_NAMES[kind]}</span>
    </span>
  )
}

/** Findings gained and lost, crossings, and what has to be made or looked at again. */
function Effects({ difference }: { readonly difference: Difference }) {
  const groups = effectGroups(difference)
  if (groups.length === 0) return <p className={styles.note}>{t('No finding, prompt or check is another because of this.')}</p>
  return groups.map(({ title, lines }) => (
    <section key={title} aria-label={title} className={styles.effects}>
      <h3 className={styles.effect}>
        {title} <span className={styles.what}>{lines.length}</span>
      </h3>
      <Rows label={title} count={lines.length}>
        {most => lines.slice(0, most).map(line => <Effect key={line.key} line={line} />)}
      </Rows>
    </section>
  ))
}

function Effect({ line }: { readonly line: EffectLine }) {
  return (
    <li className={styles.item}>
      <Sign kind={line.kind} />
      <Chip id={line.id} />
      <span className={styles.text} lang={CONTENT_LANGUAGE}>
        {line.text}
      </span>
      {line.more ? <span className={styles.what}>{line.more}</span> : null}
    </li>
  )
}

/** More lines than this are shown when asked for: an import can change thousands. */
const MOST = 40

type RowsProps = {
  readonly label: string
  readonly count: number
  readonly children: (most: number) => ReactNode
}

function Rows({ label, count, children }: RowsProps) {
  const [isWhole, setWhole] = useState(false)
  return (
    <>
      <ul aria-label={label} className={styles.list}>
        {children(isWhole ? count : MOST)}
      </ul>
      {count > MOST && !isWhole ? (
        <div>
          <Button small look="quiet" onPress={() => setWhole(true)}>
            {t('Show all {{count}}', { count })}
          </Button>
        </div>
      ) : null}
    </>
  )
}
