import type { AnswerState, FrameworkRow, Link } from '../../../core/frameworks/types.ts'
import { shortDigest } from '../../../core/model/digest.ts'
import { goToEvidence } from '../../commands/definitions/evidence.ts'
import { showReports } from '../../commands/definitions/reports.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { answerName, REMARK_NAMES, withoutWords } from './framework-words.ts'
import styles from './frameworks-view.module.css'
import { RowDecision } from './row-decision.tsx'

type Props = { readonly framework: string; readonly row: FrameworkRow }

/** What a row rests on: every answer with its places, what keeps it from being proven, the way to each, and what a person decided. */
export function RowDetail({ framework, row }: Props) {
  return (
    <div className={styles.detail}>
      {row.outside === undefined ? <Answers row={row} /> : <p lang={CONTENT_LANGUAGE}>{row.outside}</p>}
      <RowDecision name={{ framework, entry: row.id }} excluded={row.excluded} />
    </div>
  )
}

function Answers({ row: { without, answers, needsEvery } }: { readonly row: FrameworkRow }) {
  return (
    <>
      {without ? <p>{withoutWords(without)}</p> : null}
      {answers.length === 0 ? (
        <p>{t('Nothing in the packs at hand answers it. A control of your own that refers to it would.')}</p>
      ) : (
        <p className={panel.sub}>
          {needsEvery ? t('It is proven when each of these is.') : t('It is proven when one of these is.')}
        </p>
      )}
      <ul className={styles.answers}>
        {answers.map(answer => (
          <li key={JSON.stringify(answer.answer)}>
            <Answer answer={answer} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Answer({ answer: { answer, state, places, proven, remarks, links, more } }: { readonly answer: AnswerState }) {
  return (
    <>
      <p className={styles.answer}>
        <span>{answerName(answer)}</span>
        {state === 'none' ? (
          <span className={panel.sub}>{t('nothing decided')}</span>
        ) : (
          <Badge tone={state === 'proven' ? 'good' : 'info'}>{t('proven in {{proven}} of {{places}}', { proven, places })}</Badge>
        )}
      </p>
      {remarks.length > 0 ? <p className={panel.sub}>{remarks.map(remark => REMARK_NAMES[remark]).join(' · ')}</p> : null}
      {links.length > 0 ? (
        <p className={styles.links}>
          {links.map(link => (
            <To key={`${link.kind} ${link.id}`} link={link} />
          ))}
          {more > 0 ? <span className={panel.sub}>{t('and {{more}} more', { more })}</span> : null}
        </p>
      ) : null}
    </>
  )
}

/** Leads to an object of the design, a check of a work item, or the ledger. */
function To({ link }: { readonly link: Link }) {
  const run = useRun()
  if (link.kind === 'check') {
    const { id: check, workItem } = link
    return (
      <Button small look="quiet" onPress={() => run(goToEvidence, { workItem, check })}>
        {t('Check {{check}}', { check })}
      </Button>
    )
  }
  if (link.kind === 'entry')
    return (
      <Button small look="quiet" onPress={() => run(showReports, 'ledger')}>
        {t('Ledger {{entry}}', { entry: shortDigest(link.id) })}
      </Button>
    )
  return <Chip id={link.id} />
}
