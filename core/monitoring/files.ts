import type { Design } from '../model/types.ts'
import { eventFiles } from './audit-events.ts'
import { integrityFiles, type Places } from './integrity.ts'
import { ocsfFiles } from './ocsf.ts'
import { ossecFiles } from './ossec.ts'
import { otelFiles } from './otel.ts'
import { sampleFiles } from './samples.ts'
import { sigmaFiles } from './sigma.ts'
import type { HandOff, Rendered } from './types.ts'
import { wazuhFiles } from './wazuh.ts'

/** What can be made of a hand-off, in the order in which it is shown. */
export const MONITOR_FORMATS = ['sigma', 'wazuh', 'ossec', 'integrity', 'events', 'ocsf', 'otel', 'samples'] as const
export type MonitorFormat = (typeof MONITOR_FORMATS)[number]

export type MonitorChoices = {
  /** The id of the first local rule; default 100000. */
  readonly firstId?: number
  readonly places?: Places
}

/** The files of one format. */
export function monitorFiles(
  format: MonitorFormat,
  { design, handOff }: { readonly design: Design; readonly handOff: HandOff },
  { firstId, places }: MonitorChoices = {},
): Rendered {
  switch (format) {
    case 'sigma':
      return sigmaFiles(handOff)
    case 'wazuh':
      return wazuhFiles(handOff, firstId)
    case 'ossec':
      return ossecFiles(handOff, firstId)
    case 'integrity':
      return integrityFiles(design, handOff, places)
    case 'events':
      return eventFiles(handOff)
    case 'ocsf':
      return ocsfFiles(handOff)
    case 'otel':
      return otelFiles(handOff)
    case 'samples':
      return sampleFiles(handOff)
  }
}

/** Several files as one text, for people to look at: each under its path. One file is its text and nothing else. */
export function joinedText({ files }: Rendered): string {
  const [first] = files
  if (!first) return ''
  if (files.length === 1) return first.text
  return files.map(({ path, text }) => `==> ${path} <==\n${text}`).join('\n')
}
