import type { SaveState, TeamState } from '../../host/contract.ts'
import type { SyncState } from '../../ydoc/sync.ts'
import { instantWords, timeWords } from '../words/format.ts'
import { t } from '../words/translate.ts'

/** What the status bar says about keeping, with the reason and what can be done. */
export type KeptWords = {
  readonly text: string
  readonly more: string
  readonly tone: 'good' | 'plain' | 'bad'
  readonly canRetry: boolean
}

/** What the status bar says about saving: "Saved" only when everything made here is on the disk. */
export function saveWords(save: SaveState, sync: SyncState): KeptWords {
  if (sync.kind === 'offline' || sync.kind === 'stopped')
    return {
      text:
        sync.waiting === 0
          ? t('Nothing is waiting to be saved')
          : t('Not saved: {{count}} changes waiting', { count: sync.waiting }),
      more: problemText(sync.problem),
      tone: sync.waiting === 0 ? 'plain' : 'bad',
      // Another opening is another document: nothing made here can reach it.
      canRetry: sync.kind === 'offline' || (sync.waiting > 0 && sync.problem?.code !== 'room.reopened'),
    }
  if (save.kind === 'failed')
    return {
      text: t('Not saved: {{reason}}', { reason: save.problem.message }),
      more: problemText(save.problem),
      tone: 'bad',
      canRetry: true,
    }
  if (save.kind === 'readOnly')
    return { text: t('Read-only copy'), more: problemText(save.problem), tone: 'bad', canRetry: false }
  if (save.kind === 'saving' || sync.waiting > 0) return { text: t('Saving…'), more: '', tone: 'plain', canRetry: false }
  return savedWords(save)
}

/** All is on the disk, and perhaps a person should look at something there. */
function savedWords({ at, conflicts = 0, notes = [] }: Extract<SaveState, { kind: 'saved' }>): KeptWords {
  const time = timeWords(at)
  const [note] = notes
  const more = [
    conflicts > 0 ? t('The files were changed elsewhere where this window changed the same.') : '',
    ...notes.map(problemText),
  ]
  if (conflicts > 0)
    return {
      text: t('Saved {{time}}: {{count}} conflicts to decide', { time, count: conflicts }),
      more: more.filter(Boolean).join(' '),
      tone: 'bad',
      canRetry: false,
    }
  if (note)
    return {
      text: t('Saved {{time}}: {{reason}}', { time, reason: note.message }),
      more: more.filter(Boolean).join(' '),
      tone: 'plain',
      canRetry: false,
    }
  return { text: t('Saved {{time}}', { time }), more: instantWords(at), tone: 'good', canRetry: false }
}

function problemText(problem: { readonly message: string; readonly cure?: string } | undefined): string {
  return problem ? [problem.message, problem.cure].filter(Boolean).join(' ') : ''
}

/** What it says about the room, and how many windows are in it; alone, nobody need be counted. */
export function syncWords(sync: SyncState, here = 1): string {
  switch (sync.kind) {
    case 'synced':
      return here > 1 ? t('Synced ({{count}} here)', { count: here }) : t('Synced')
    case 'sending':
      return t('Sending…')
    case 'offline':
      return t('Offline')
    case 'stopped':
      return t('Out of date: load the window again')
  }
}

/** What it says about the team hub: "connected" only when everything made here is stored there. */
export function teamWords(team: Exclude<TeamState, { readonly kind: 'alone' }>): KeptWords {
  const { waiting } = team
  const waits = waiting === 0 ? t('Nothing waits to be sent.') : t('{{count}} edits are not there yet.', { count: waiting })
  const canRetry = team.kind === 'offline' || team.kind === 'stopped'
  switch (team.kind) {
    case 'connecting':
      return { text: t('Team: connecting…'), more: waits, tone: 'plain', canRetry }
    case 'connected':
      return { text: t('Team: connected'), more: t('The hub has stored everything made here.'), tone: 'good', canRetry }
    case 'behind':
      return {
        text: t('Team: {{count}} edits not there yet', { count: waiting }),
        more: problemText(team.problem),
        tone: team.problem ? 'bad' : 'plain',
        canRetry,
      }
    case 'offline':
      return {
        text: team.since === undefined ? t('Team: offline') : t('Team: offline since {{time}}', { time: timeWords(team.since) }),
        more: `${waits} ${t('Work on: it joins the others when the hub is back.')}`,
        tone: waiting > 0 ? 'bad' : 'plain',
        canRetry,
      }
    case 'stopped':
      return { text: t('Team: not connected'), more: `${waits} ${problemText(team.problem)}`, tone: 'bad', canRetry }
  }
}
