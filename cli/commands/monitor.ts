import path from 'node:path'
import { isatty } from 'node:tty'
import { applyChanges } from '../../core/model/change.ts'
import { addMonitoringChecks } from '../../core/monitoring/add-checks.ts'
import { joinedText, MONITOR_FORMATS, type MonitorFormat, monitorFiles } from '../../core/monitoring/files.ts'
import { handOffOf } from '../../core/monitoring/hand-off.ts'
import { placesFrom } from '../../core/monitoring/integrity.ts'
import { FIRST_ID } from '../../core/monitoring/rule-ids.ts'
import type { HandOff } from '../../core/monitoring/types.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { writeChanges } from '../../host/node/store.ts'
import { builtinDetections } from '../../packs/detections.ts'
import { openDesign } from '../design.ts'
import { openForEditing, tellTeam } from '../design-write.ts'
import { answer, type Command, type Outcome, type World } from '../frame.ts'
import { writeAllOut } from '../output.ts'
import { allPacks } from '../packs.ts'
import { count } from '../table.ts'

export const monitor: Command = {
  takes: [],
  options: {
    format: { value: 'NAME', help: `One of ${MONITOR_FORMATS.join(', ')}, or all (the default with --out).` },
    out: {
      value: 'DIR',
      help: 'Where to write the files; default: stdout, as one file. Several go there as one JSON document with --json (`files` holds `path` and `text` of each), or to a terminal, each under its path.',
    },
    'first-id': { value: 'N', help: 'Id of the first Wazuh or OSSEC rule; default 100000.' },
    'add-checks': { help: 'Give each mitigation a check for the audit events of its control.' },
    place: { value: 'E=DIR', many: true, help: 'Directory of a component, for integrity monitoring.' },
  },
  async run({ options, world }) {
    const out = options.text('out')
    const asked = options.text('format') ?? (out === undefined ? undefined : 'all')
    const formats = MONITOR_FORMATS.filter(format => asked === 'all' || asked === format)
    if (asked !== undefined && formats.length === 0)
      return refuse({
        code: 'monitor.format',
        message: `There is no format "${asked}".`,
        cure: `One of ${MONITOR_FORMATS.join(', ')}, all.`,
      })
    const isForPeople = out === undefined && !options.on('json')
    if (asked === 'all' && isForPeople) return refuse(MANY('all formats together'))
    const firstId = Number(options.text('first-id') ?? FIRST_ID)
    if (!Number.isSafeInteger(firstId) || firstId < FIRST_ID || firstId > 900_000)
      return refuse({
        code: 'monitor.firstId',
        message: `--first-id ${JSON.stringify(options.text('first-id'))} is no id of a local rule.`,
        cure: 'Give --first-id a whole number from 100000 to 900000.',
      })
    if (options.on('add-checks') && (asked !== undefined || options.many('place').length > 0))
      return refuse({
        code: 'monitor.addChecks',
        message: '--add-checks changes the design and writes no files.',
        cure: 'Give it alone, and call skeptic monitor --out DIR for the files.',
      })
    if (options.on('add-checks')) return addChecks(world)
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const packs = await allPacks(opened.value)
    const handOff = handOffOf(design, { ...packs, detections: builtinDetections }, world.at)
    const places = placesFrom(options.many('place'), handOff)
    if (!places.ok) return places
    const rendered = formats.map(format =>
      monitorFiles(format as MonitorFormat, { design, handOff }, { firstId, places: places.value }),
    )
    const files = rendered.flatMap(one => one.files)
    const losses = rendered.flatMap(one => one.losses)
    const summary = summaryOf(handOff)
    for (const loss of losses) world.say(loss)
    if (formats.length === 0) return answer({ ...summary, files: [] }, summaryText(handOff))
    if (isForPeople && files.length > 1 && !isatty(1)) return refuse(MANY(`format ${asked}`))
    if (out === undefined) return answer({ ...summary, losses, files }, rendered.map(joinedText).join('\n'))
    const folder = path.resolve(world.cwd, out)
    const written = await writeAllOut(files.map(({ path: at, text }) => ({ file: path.join(folder, ...at.split('/')), text })))
    if (!written.ok) return written
    return answer({ ...summary, losses, files: written.value }, `${summaryText(handOff)}\n${written.value.join('\n')}`)
  },
}

/** Files one below the other would be neither JSON nor XML to whatever reads the pipe. */
const MANY = (what: string) => ({
  code: 'monitor.many',
  message: `${what.replace(/^./, first => first.toUpperCase())}: that is more than one file, and stdout takes one.`,
  cure: 'Name a folder with --out, or add --json for one JSON document with all of them.',
})

/** Writes the checks; the checklist asks for them from then on. */
async function addChecks(world: World): Promise<Result<Outcome>> {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const packs = await allPacks(opened.value)
  const changes = addMonitoringChecks(design, handOffOf(design, { ...packs, detections: builtinDetections }, world.at))
  const written = await writeChanges(folder, design, applyChanges(design, changes))
  if (!written.ok) return written
  await tellTeam(world, folder)
  const mitigations = changes.map(change => change.id)
  return answer(
    { mitigations, files: [] },
    mitigations.length === 0
      ? 'No mitigation needs a new check.'
      : `${count(mitigations.length, 'mitigation')} with new checks: ${mitigations.join(' ')}`,
  )
}

function summaryOf({ watches, signals, demands }: HandOff) {
  return {
    notCovered: watches.filter(watch => !watch.isCovered).map(({ threat }) => threat.id),
    threats: watches.map(({ threat, detections, isCovered }) => ({ id: threat.id, isCovered, detections })),
    rules: signals.length,
    events: demands.map(({ event }) => event.name),
  }
}

/** What is not covered stands first. */
function summaryText({ watches, signals, demands }: HandOff): string {
  const lines = watches.map(({ threat, detections, isCovered }) => {
    const ids = detections.map(one => one.detection).join(' ')
    if (isCovered) return `${threat.id}  ${ids}`
    return `${threat.id}  NOT COVERED${ids === '' ? '' : `; by category only: ${ids}`}`
  })
  return [...lines, '', `${signals.length} detections on components, ${demands.length} audit events`].join('\n')
}
