import type { Gate } from '../../../core/gate/evaluate.ts'
import type { OwnTemplate } from '../../../core/prompts/own-template.ts'
import { linesToReview, type PromptSince } from '../../../core/prompts/since.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import type { Problem } from '../../../core/support/result.ts'
import { reviewSince, showVersion, versionName } from '../../commands/definitions/prompts.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import styles from './bands.module.css'
import { dayAndTime } from './day-and-time.ts'
import { sinceWords } from './prompts-model.ts'

/** Behind a closed gate, or with errors in it, the text can be read in full, and says that it is a draft. */
export function DraftBand({ gate, lint }: { readonly gate: Gate; readonly lint: readonly Problem[] }) {
  const errors = lint.filter(({ severity }) => severity === 'error').length
  return (
    <p className={`${styles.band} ${styles.draft}`}>
      <strong className={styles.word}>{t('DRAFT')}</strong>
      {gate.open ? (
        <span>{t('The gate is open; {{count}} lint errors stand in the way.', { count: errors })}</span>
      ) : (
        <>
          <span>{t('The gate is closed: {{count}} things to do.', { count: gate.problems.length })}</span>
          <a href="#/gate">{t('Open the gate')}</a>
        </>
      )}
    </p>
  )
}

type StaleProps = {
  readonly last: PromptVersion
  readonly since: PromptSince
  /** The team's template of the prompt in view. */
  readonly template: OwnTemplate | undefined
}

/** The design moved on since the last copy; told by its words, and where no word changed it says so. */
export function StaleBand({ last, since, template }: StaleProps) {
  const run = useRun()
  const lines = linesToReview(since)
  const words = sinceWords(since)
  const version = last.number
  const isTemplate = template !== undefined && last.template?.name === template.name && last.template.hash !== template.hash
  return (
    <div className={`${styles.band} ${styles.stale}`} role="status">
      <span>
        {isTemplate ? `${t('Template {{name}} changed since version {{version}}.', { name: template.name, version })} ` : null}
        {words.length > 0
          ? t('Design changed since version {{version}}: {{what}}.', { version, what: words.join(', ') })
          : lines > 0 && !isTemplate
            ? t('Design changed since version {{version}}.', { version })
            : isTemplate
              ? null
              : t('Design changed since version {{version}}; the words of this prompt did not.', { version })}
      </span>
      {lines > 0 ? (
        <Button small onPress={() => run(reviewSince, last.target)}>
          {t('Review {{count}} lines', { count: lines })}
        </Button>
      ) : null}
    </div>
  )
}

/** An old version is read, never edited. */
export function OldBand({ version }: { readonly version: PromptVersion }) {
  const run = useRun()
  const copied =
    version.lastCopied === undefined
      ? t('never copied')
      : t('copied {{count}} times, last {{when}}', { count: version.copies, when: dayAndTime(version.lastCopied) })
  return (
    <div className={`${styles.band} ${styles.old}`}>
      <span>
        <strong>{versionName(version.number)}</strong>
        {version.draft ? ` ${t('(draft)')}` : ''}:{' '}
        {t('issued {{when}} by {{who}} for {{target}}, {{copied}}.', {
          when: dayAndTime(version.at),
          who: version.by,
          target: version.target,
          copied,
        })}
      </span>
      <Button small onPress={() => run(showVersion, { version: undefined })}>
        {t('Show the prompt of now')}
      </Button>
    </div>
  )
}
