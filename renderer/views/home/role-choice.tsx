import { setRole } from '../../commands/definitions/home.ts'
import { ROLES, type Role } from '../../state/preferences.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'

const ROLE_WORDS: Readonly<Record<Role, () => string>> = {
  model: () => t('model'),
  build: () => t('build'),
  review: () => t('review'),
}

/** Asked once and never in the way: what is seen first follows from it, nothing else. */
export function RoleChoice() {
  const role = useSession(session => session.preferences.role)
  const run = useRun()
  return (
    <Segments
      label={t('I mostly')}
      showLabel
      value={role}
      choices={ROLES.map(value => ({ value, label: ROLE_WORDS[value]() }))}
      onPick={one => run(setRole, one)}
    />
  )
}
