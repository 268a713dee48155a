import type { Design } from '../../core/model/types.ts'
import { addMonitoringChecks } from '../../core/monitoring/add-checks.ts'
import { MONITOR_FORMATS, type MonitorFormat, monitorFiles } from '../../core/monitoring/files.ts'
import { handOffOf } from '../../core/monitoring/hand-off.ts'
import { type Places, placesFrom } from '../../core/monitoring/integrity.ts'
import type { HandOff, Rendered } from '../../core/monitoring/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Result } from '../../core/support/result.ts'
import { builtinDetections } from '../../packs/detections.ts'
import type { Facts } from '../state/facts.ts'
import type { Session } from '../state/session.ts'
import { t } from '../words/translate.ts'
import { archiveOf, base64Of } from './archive.ts'
import { type Context, type Effect, notNow, plan, write } from './command.ts'

/** What a design hands over to monitoring, with the detections that ship with the program. */
export const handOffNow = memoLast(
  (design: Design, packs: Facts['packs'], at: string): HandOff =>
    handOffOf(design, { ...packs, detections: builtinDetections }, at),
)

/** The files of one format, with the places of components that were said in this window. */
export function monitorFilesNow(
  format: MonitorFormat,
  of: { readonly design: Design; readonly handOff: HandOff; readonly places: Session['monitoring']['places'] },
): Rendered {
  return monitorFiles(format, of, { places: placesNow(of.places, of.handOff) })
}

/** The places that were said, as the core wants them: what is no directory goes into no file. */
export function placesNow(said: Session['monitoring']['places'], handOff: Pick<HandOff, 'services'>): Places {
  const read = Object.entries(said ?? {}).map(([id, place]) => placesFrom([`${id}=${place}`], handOff))
  return new Map(read.flatMap(places => (places.ok ? [...places.value] : [])))
}

/** All files in one archive. */
export function planArchive({ facts, session }: Context): Result<readonly Effect[]> {
  const { design } = facts
  const handOff = handOffNow(design, facts.packs, facts.at)
  const files = MONITOR_FORMATS.flatMap(
    format => monitorFilesNow(format, { design, handOff, places: session.monitoring.places }).files,
  )
  const name = `monitoring-${handOff.slug}.zip`
  return plan({
    kind: 'download',
    name,
    text: base64Of(archiveOf(files)),
    base64: true,
    said: t('{{name}} was handed over.', { name }),
  })
}

/** The checks that would be asked for. */
export function missingChecks({ design, packs, at }: Pick<Facts, 'design' | 'packs' | 'at'>) {
  return addMonitoringChecks(design, handOffNow(design, packs, at))
}

/** The checks that are missing, as one step that undo takes back. */
export function planChecks({ facts }: Context): Result<readonly Effect[]> {
  const changes = missingChecks(facts)
  if (changes.length === 0) return notNow(t('No mitigation needs a new check.'))
  const count = changes.reduce((sum, { fields }) => sum + Object.keys(fields).length, 0)
  return write(
    t('ask for audit events as checks'),
    { ok: true, value: changes },
    { kind: 'say', text: t('{{count}} checks added. Undo takes them back as one step.', { count }) },
  )
}
