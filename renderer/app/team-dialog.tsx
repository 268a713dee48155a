import { useState } from 'react'
import type { Problem } from '../../core/support/result.ts'
import { joinTeam, leaveTeam, retryTeam } from '../commands/definitions/team.ts'
import { useSession } from '../state/session.ts'
import { teamWords } from '../state/status-words.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { FormField } from '../ui/form-field.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { Segments } from '../ui/segments.tsx'
import { t } from '../words/translate.ts'

/** Asks for the address of the team's design and the token, and says what kept the last try from it. */
export function JoinTeamDialog({ problem, onClose }: { readonly problem: Problem | undefined; readonly onClose: () => void }) {
  const [address, setAddress] = useState('')
  const [token, setToken] = useState('')
  const [prefer, setPrefer] = useState<'team' | 'mine' | undefined>(undefined)
  const run = useRun()
  const differs = problem?.code === 'hub.differs'
  return (
    <Modal title={t('Join a team design')} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          run(joinTeam, { address, token, ...(differs && prefer ? { prefer } : {}) })
        }}
      >
        <FormField
          label={t('Address')}
          value={address}
          onText={setAddress}
          autoFocus
          required
          placeholder="wss://hub.example/sync#Qm3xY7kP2a"
          note={t('Whoever runs the hub gives it to you. The design of this window must be the same one.')}
        />
        <SecretField
          label={t('Token')}
          value={token}
          onText={setToken}
          note={t('Kept on this machine for you alone, never in the folder of the design.')}
        />
        {problem ? (
          <div role="alert">
            <ProblemList problems={[problem]} />
          </div>
        ) : null}
        {differs ? (
          <Segments
            label={t('Whose values stand where they differ')}
            showLabel
            value={prefer}
            choices={[
              { value: 'team', label: t("The team's") },
              { value: 'mine', label: t("This folder's") },
            ]}
            onPick={setPrefer}
          />
        ) : null}
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit">
            {t('Join')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}

/** How it stands with the hub, what was told of it, and what can be done. */
export function TeamDialog({ onClose }: { readonly onClose: () => void }) {
  const team = useSession(session => session.team)
  const run = useRun()
  if (team.kind === 'alone') return null
  const { text, more, canRetry } = teamWords(team)
  const told = [...(team.problem ? [team.problem] : []), ...team.remarks]
  return (
    <Modal title={t('Team hub')} onClose={onClose}>
      <p role="status">
        {text}. {more}
      </p>
      <p>
        <code>{team.address}</code>
      </p>
      {told.length > 0 ? <ProblemList problems={told} /> : null}
      <ModalEnd>
        <Button onPress={() => run(leaveTeam)}>{t('Leave the team design')}</Button>
        {canRetry ? <Button onPress={() => run(retryTeam)}>{t('Connect again')}</Button> : null}
        <Button look="primary" onPress={onClose}>
          {t('Close')}
        </Button>
      </ModalEnd>
    </Modal>
  )
}
