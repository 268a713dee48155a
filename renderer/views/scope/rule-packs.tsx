import { RefreshCw } from 'lucide-react'
import { chooseDefaultPacks, readPacksAgain, togglePack } from '../../commands/definitions/packs.ts'
import { useProblems } from '../../state/facts-soon.tsx'
import { useSession } from '../../state/session.ts'
import { useContextNow, useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { type PackLine, packLines, packProblemsIn } from './packs-model.ts'
import styles from './rule-packs.module.css'

/** Which rules the design is held against: the program's packs and the team's own, and what they find now. */
export function RulePacks() {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const context = useContextNow()
  const builtin = useSession(session => session.shipped.rules)
  const problems = packProblemsIn(useProblems())
  const lines = packLines(design, { packs: facts.packs.rules, builtin, findings: facts.findings() })
  const used = lines.filter(line => line.isUsed)
  return (
    <section aria-label={t('Rule packs')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Rule packs')}</h2>
        <span className={panel.count}>
          {t('{{used}} of {{all}} used,', { used: used.length, all: lines.length })}{' '}
          {t('{{count}} rules', { count: used.reduce((sum, line) => sum + line.rules, 0) })}
        </span>
        <span className={panel.grow} />
        {chooseDefaultPacks.plan(context).ok ? (
          <Button small onPress={() => run(chooseDefaultPacks)}>
            {t('Use the default')}
          </Button>
        ) : null}
        <IconButton label={t(readPacksAgain.title)} onPress={() => run(readPacksAgain)}>
          <RefreshCw size={14} aria-hidden />
        </IconButton>
      </div>
      <ul>
        {lines.map(line => (
          <Pack key={line.id} line={line} onToggle={isUsed => run(togglePack, { pack: line.id, isUsed })} />
        ))}
      </ul>
      {problems.length > 0 ? (
        <div className={styles.problems}>
          <h3 className={styles.problemsTitle}>{t('{{count}} problems with packs', { count: problems.length })}</h3>
          <ProblemList problems={problems} />
        </div>
      ) : null}
    </section>
  )
}

function Pack({ line, onToggle }: { readonly line: PackLine; readonly onToggle: (isUsed: boolean) => void }) {
  const { id, title, description, isUsed, isOptional, isTeam, isMissing } = line
  return (
    <li className={styles.pack}>
      <input
        type="checkbox"
        id={`pack-${id}`}
        aria-describedby={`pack-${id}-more`}
        checked={isUsed}
        onChange={event => onToggle(event.target.checked)}
      />
      <div>
        <label htmlFor={`pack-${id}`} className={styles.title}>
          <span lang={isTeam ? undefined : CONTENT_LANGUAGE}>{title}</span>
        </label>{' '}
        {isMissing ? <Badge tone="bad">{t('Not here')}</Badge> : null}
        {isTeam && !isMissing ? <Badge tone="info">{t('Team')}</Badge> : null}
        {isOptional ? <Badge>{t('Optional')}</Badge> : null}
        <p className={styles.description}>{isMissing ? t('The design uses it, and nobody has it.') : description}</p>
      </div>
      <p id={`pack-${id}-more`} className={styles.numbers}>
        <span>{t('{{count}} rules', { count: line.rules })}</span>
        <span className={styles.findings}>{findingsWords(line)}</span>
      </p>
    </li>
  )
}

function findingsWords({ isUsed, isMissing, findings, now }: PackLine): string {
  if (isMissing) return ''
  if (!isUsed) return t('not used')
  if (findings === 0) return t('no finding')
  if (now === findings) return t('{{count}} findings now', { count: findings })
  return `${t('{{count}} findings', { count: findings })}, ${now === 0 ? t('later') : t('{{now}} now', { now })}`
}
