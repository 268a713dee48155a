import type { VerdictRecord } from '../../../core/verdict/record.ts'
import { copyEvidenceCommand } from '../../commands/definitions/evidence.ts'
import { readAgain } from '../../commands/definitions/review-verdict.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { commandFor, type MissingEvidence } from './missing-evidence-model.ts'
import styles from './verify-view.module.css'

type Props = { readonly missing: MissingEvidence; readonly change: VerdictRecord['change'] }

/** What a slot waits for, where it comes from, and exactly what to run. */
export function MissingEvidencePart({ missing, change }: Props) {
  const run = useRun()
  const command = commandFor(missing)
  const { slot } = missing
  return (
    <section aria-label={t('Bring evidence "{{slot}}"', { slot })} className={styles.missing}>
      <p>
        <strong>{wantedWords(missing)}</strong>{' '}
        {missing.isAside ? t('No report that is there is known to be about this change.') : ''}
      </p>
      <p className={panel.sub}>
        {change.source === 'folder'
          ? t(
              'The code is in no git repository, so a report could not say which code it is about. Make it one and commit, then run the tool through Skeptic in the folder of the code:',
            )
          : t(
              'Commit the change, then run the tool through Skeptic in the folder of the code. The report lands in .skeptic/evidence of the design, with the commit it is about:',
            )}
      </p>
      <pre className={styles.run}>{command}</pre>
      <p className={panel.sub}>
        {t('COMMAND is your tool as you run it. It prints the report, or takes {report} as the name of its file.')}
      </p>
      <div className={panel.actions}>
        <Button small onPress={() => run(copyEvidenceCommand, command)}>
          {t('Copy command')}
        </Button>
        <Button small look="quiet" onPress={() => run(readAgain)}>
          {t('Read again')}
        </Button>
      </div>
    </section>
  )
}

function wantedWords({ slot, kind, tool, names }: MissingEvidence): string {
  const from = tool === undefined ? '' : ` ${t('It must come from {{tool}}.', { tool })}`
  const some = names.slice(0, MOST).join(', ') + (names.length > MOST ? ', …' : '')
  if (kind === 'scan') {
    const words =
      names.length > 0
        ? t('Slot "{{slot}}" waits for the report of a scanner, SARIF 2.1.0, whose rules cover {{names}}.', { slot, names: some })
        : t('Slot "{{slot}}" waits for the report of a scanner, SARIF 2.1.0.', { slot })
    return words + from
  }
  return `${t('Slot "{{slot}}" waits for the report of a test run, JUnit XML, with a test named like {{names}}.', { slot, names: some })}${from}`
}

/** Names shown before the rest is left to the sentence of the check. */
const MOST = 3
