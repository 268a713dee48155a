import type { Requirement } from '../../../core/model/types.ts'
import type { RequirementHint } from '../../../core/requirements/hint.ts'
import { rewritten } from '../../../core/requirements/rewritten.ts'
import { takeHint } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import styles from './scope-view.module.css'

type Props = { readonly hint: RequirementHint; readonly requirement: Requirement }

/** A hint beside its sentence: the words at fault, why, and a rewrite to take over with one press. */
export function RequirementHintLine({ hint, requirement }: Props) {
  const run = useRun()
  function use() {
    if (hint.rewrite === undefined) return
    const fields =
      hint.field === 'verification'
        ? { verification: hint.rewrite as Requirement['verification'] }
        : { statement: rewritten(requirement.statement, hint) }
    run(takeHint, { id: requirement.id, fields })
  }
  return (
    <li className={styles.hint}>
      <HintWords hint={hint} />
      {hint.rewrite === undefined ? null : (
        <button type="button" className={styles.use} onClick={use}>
          {hint.rewrite === ''
            ? t('Leave out “{{words}}”', { words: hint.quoted })
            : t('Use “{{words}}”', { words: hint.rewrite })}
        </button>
      )}
    </li>
  )
}

/** The message with the words at fault marked; they stand in it between quotes. */
function HintWords({ hint }: { readonly hint: RequirementHint }) {
  const quoted = `"${hint.quoted}"`
  const at = hint.quoted === '' ? -1 : hint.message.indexOf(quoted)
  if (at < 0) return <span>{hint.message}</span>
  return (
    <span>
      {hint.message.slice(0, at)}
      <mark>{hint.quoted}</mark>
      {hint.message.slice(at + quoted.length)}
    </span>
  )
}
