import { chooseTemplate, readTemplatesAgain } from '../../commands/definitions/prompt-files.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import styles from './prompt-side.module.css'

/** No template of the team can be called so. */
const BUILT_IN = '/'

/** Which template writes the sections: ours, or one of the team's, where it has any; what is wrong with one is said with its place. */
export function TemplatePart() {
  const run = useRun()
  const chosen = useSession(session => session.template)
  const templates = useSession(session => session.teamTemplates)
  const stray = useSession(session => session.templateProblems)
  const problems = [...templates.flatMap(one => one.problems), ...stray]
  if (templates.length === 0 && problems.length === 0 && chosen === undefined) return null
  const usable = templates.filter(one => one.problems.length === 0 || one.name === chosen).map(one => one.name)
  const names = chosen === undefined || usable.includes(chosen) ? usable : [...usable, chosen]
  return (
    <section aria-label={t('Template')} className={styles.template}>
      <Pick
        label={t('Template')}
        value={chosen ?? BUILT_IN}
        choices={[
          { value: BUILT_IN, label: t('Built in') },
          ...names.map(name => ({ value: name, label: `templates/${name}.hbs` })),
        ]}
        onPick={name => run(chooseTemplate, { template: name === BUILT_IN ? undefined : name })}
      />
      {problems.length > 0 ? (
        <>
          <p className={styles.mute}>{t('Not every template can be used:')}</p>
          <ProblemList problems={problems} />
        </>
      ) : null}
      <div>
        <Button small onPress={() => run(readTemplatesAgain)}>
          {t('Read again')}
        </Button>
      </div>
    </section>
  )
}
