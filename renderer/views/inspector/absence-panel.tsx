import { ArrowLeft, PenLine } from 'lucide-react'
import { useMemo, useState } from 'react'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Category } from '../../../core/model/types.ts'
import { explainAbsence } from '../../../core/threats/absence.ts'
import { askSentence } from '../../commands/definitions/threats-write.ts'
import { leaveWhy } from '../../commands/definitions/why.ts'
import type { AbsenceAsked } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { t } from '../../words/translate.ts'
import { type ConsideredLine, consideredLines, SHOWN_RULES } from './absence-model.ts'
import styles from './absence-panel.module.css'
import inspector from './inspector.module.css'
import { Part } from './part.tsx'

/** Why nothing was found for one category at one element or flow: what stands in the way of all rules, then each rule's own reason. */
export function AbsencePanel({ asked }: { readonly asked: AbsenceAsked }) {
  const design = useDesign()
  const { packs } = useFacts()
  const run = useRun()
  const { subject, category } = asked
  const absence = useMemo(() => explainAbsence(design, packs.rules, { subject, category }), [design, packs, subject, category])
  const lines = useMemo(() => consideredLines(design, packs, absence), [design, packs, absence])
  const name = labelOf(design, subject)
  return (
    <div className={inspector.fields} data-place="why">
      <div className={styles.top}>
        <p className={inspector.lead} tabIndex={-1} data-focus="absence">
          {nothingAt(category, name)}
        </p>
        <p className={inspector.mute}>{summaryOf(absence.blockers.length, lines)}</p>
        <div className={inspector.buttons}>
          <Button small icon={<ArrowLeft size={13} aria-hidden />} onPress={() => run(leaveWhy)}>
            {t('Back')}
          </Button>
          <Button small icon={<PenLine size={13} aria-hidden />} onPress={() => run(askSentence, { subject, category })}>
            {t('Write a threat here')}
          </Button>
        </div>
      </div>
      {absence.blockers.length > 0 ? (
        <Part title={t('What keeps every rule away')}>
          <ul className={styles.blockers}>
            {absence.blockers.map(blocker => (
              <li key={blocker}>{blocker}</li>
            ))}
          </ul>
        </Part>
      ) : null}
      {lines.length > 0 ? <Considered lines={lines} /> : null}
    </div>
  )
}

function nothingAt(category: Category, name: string): string {
  return {
    spoofing: () => t('No spoofing at {{name}}', { name }),
    tampering: () => t('No tampering at {{name}}', { name }),
    repudiation: () => t('No repudiation at {{name}}', { name }),
    informationDisclosure: () => t('No information disclosure at {{name}}', { name }),
    denialOfService: () => t('No denial of service at {{name}}', { name }),
    elevationOfPrivilege: () => t('No elevation of privilege at {{name}}', { name }),
  }[category]()
}

function summaryOf(blockers: number, lines: readonly ConsideredLine[]): string {
  if (lines.length === 0) return t('No rule was considered.')
  const kept = lines.filter(line => line.outcome === 'suppressed').length
  const rules = t('{{count}} rules considered.', { count: lines.length })
  if (kept > 0) return `${rules} ${t('{{count}} findings kept back.', { count: kept })}`
  return blockers > 0 ? rules : `${rules} ${t('Nothing stands in the way of all of them; each says why it found nothing.')}`
}

function Considered({ lines }: { readonly lines: readonly ConsideredLine[] }) {
  const [isAll, setAll] = useState(false)
  const shown = isAll ? lines : lines.slice(0, SHOWN_RULES)
  return (
    <Part title={t('Rules considered, those that got furthest first')}>
      <ul className={styles.rules}>
        {shown.map(line => (
          <li key={line.rule} className={styles.rule}>
            <Rule line={line} />
          </li>
        ))}
      </ul>
      {lines.length > SHOWN_RULES ? (
        <div>
          <Button small onPress={() => setAll(!isAll)}>
            {isAll ? t('Only the first {{most}}', { most: SHOWN_RULES }) : t('Show all {{count}} rules', { count: lines.length })}
          </Button>
        </div>
      ) : null}
    </Part>
  )
}

function Rule({ line }: { readonly line: ConsideredLine }) {
  const { rule, pack, title, outcome, sentence, short, finding } = line
  const [isWhole, setWhole] = useState(false)
  return (
    <>
      <p className={styles.title}>{title}</p>
      <p className={styles.sentence}>
        {isWhole ? sentence : short}{' '}
        {short === sentence ? null : (
          <button type="button" className={styles.whole} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('Less') : t('All of them')}
          </button>
        )}
      </p>
      <p className={styles.id}>
        <code>{rule}</code> {pack}
        {outcome === 'suppressed' ? <Badge>{t('Kept back')}</Badge> : null}
        {finding ? <Chip id={finding} label={title} /> : null}
      </p>
    </>
  )
}
