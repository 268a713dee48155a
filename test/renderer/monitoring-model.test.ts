import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Design, Mitigation, Threat } from '../../core/model/types.ts'
import { MONITOR_FORMATS, monitorFiles } from '../../core/monitoring/files.ts'
import { samplesOf } from '../../core/monitoring/samples.ts'
import { builtinDetections } from '../../packs/detections.ts'
import { archiveOf, base64Of } from '../../renderer/commands/archive.ts'
import type { Effect } from '../../renderer/commands/command.ts'
import { lookAtMonitoring, showWatch } from '../../renderer/commands/definitions/monitoring.ts'
import { handOffNow, missingChecks, monitorFilesNow, planArchive, planChecks } from '../../renderer/commands/monitoring-plans.ts'
import { CATEGORIES } from '../../renderer/state/words.ts'
import {
  checksShown,
  commonFieldLines,
  conditionLines,
  fieldLines,
  fileShown,
  groupsOf,
  leftOut,
  sampleRuns,
  signalsIn,
  uncoveredOf,
} from '../../renderer/views/monitoring/monitoring-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith } from './support.ts'

const provenance = { kind: 'human', at: AT } as const
const threat = (id: string, fields: Partial<Threat>): Change => ({
  kind: 'put',
  table: 'threats',
  row: { id, statement: `${id} happens.`, categories: {}, elements: { 'E-TRAP1': true }, provenance, ...fields },
})
const mitigation = (id: string, of: string, fields: Partial<Mitigation>): Change => ({
  kind: 'put',
  table: 'mitigations',
  row: { id, statement: `${id} is done.`, status: 'planned', threats: { [of]: true }, provenance, ...fields },
})

/** A control of a detection for spoofing that is not also for repudiation. */
const known = builtinDetections
  .flatMap(pack => pack.detections)
  .find(({ categories }) => categories.includes('spoofing') && !categories.includes('repudiation'))
const control = known?.controls[0] ?? ''

const design = applyChanges(smallDesign(), [
  threat('T-C0VER', { categories: { spoofing: true, repudiation: true } }),
  mitigation('M-C0VER', 'T-C0VER', { control }),
  threat('T-N0NE0', { categories: { tampering: true } }),
  threat('T-0WN00', { categories: { tampering: true } }),
  mitigation('M-0WN00', 'T-0WN00', {}),
  threat('T-A1000', { categories: { denialOfService: true } }),
  mitigation('M-A1000', 'T-A1000', { control, provenance: { kind: 'ai', at: AT, model: 'x' } as Mitigation['provenance'] }),
  threat('T-W0RD0', {}),
])

function handed(of: Design = design) {
  const context = contextWith(of)
  return { context, handOff: handOffNow(context.facts.design, context.facts.packs, AT) }
}

describe('what is not covered', () => {
  it('is listed with the nearest reason', () => {
    const { handOff } = handed()
    expect(uncoveredOf(design, handOff).map(({ line, why }) => [line.threat.id, why])).toEqual([
      ['T-0WN00', 'noControl'],
      ['T-A1000', 'unconfirmed'],
      ['T-N0NE0', 'noMitigation'],
      ['T-W0RD0', 'noMitigation'],
    ])
  })

  it('has the general detections of its category, which cover nothing', () => {
    const found = uncoveredOf(design, handed().handOff).find(({ line }) => line.threat.id === 'T-N0NE0')
    expect(found?.line.here.length).toBeGreaterThan(0)
    expect(found?.line.here.every(({ because }) => because === 'category')).toBe(true)
  })

  it('is nothing in an empty design', () => {
    const { handOff } = handed(smallDesign())
    expect(uncoveredOf(smallDesign(), handOff)).toEqual([])
  })
})

describe('the categories', () => {
  it('are all there, in their order, also without a threat', () => {
    expect(groupsOf(handed(smallDesign()).handOff).map(({ id, lines }) => [id, lines.length])).toEqual(
      [...CATEGORIES, 'privacy'].map(id => [id, 0]),
    )
  })

  it('hold a threat of two under both, with what shows it there and not elsewhere', () => {
    const groups = new Map(groupsOf(handed().handOff).map(group => [group.id, group]))
    const line = (id: 'spoofing' | 'repudiation') => groups.get(id)?.lines.find(one => one.threat.id === 'T-C0VER')
    expect(line('spoofing')?.here.map(({ detection, control: by }) => [detection.id, by])).toContainEqual([known?.id, control])
    expect(line('repudiation')?.here.map(({ detection }) => detection.id)).not.toContain(known?.id)
    expect(line('repudiation')?.elsewhere).toBeGreaterThan(0)
    expect(groups.get('none')?.lines.map(one => one.threat.id)).toEqual(['T-W0RD0'])
  })

  it('count no detection for a threat that is not covered', () => {
    const group = groupsOf(handed().handOff).find(({ id }) => id === 'tampering')
    expect(group?.lines.map(({ isCovered }) => isCovered)).toEqual([false, false])
    expect(group?.detections).toBe(0)
  })
})

describe('a detection', () => {
  const { handOff } = handed()
  const signals = handOff.signals.filter(({ detection }) => detection.id === known?.id)

  it('says its conditions, the event and the components among them', () => {
    const [first, ...rest] = signals
    if (!first) throw new Error('no signal')
    const lines = conditionLines([first, ...rest])
    expect(lines[0]).toBe(`event.action = ${first.event.name}`)
    expect(lines.at(-1)).toBe('service.name = transfer-service')
    expect(lines).toHaveLength(first.detection.select.length + 2)
  })

  it('has samples told in runs, none of whose events is lost', () => {
    for (const signal of handOff.signals)
      for (const events of Object.values(samplesOf(handOff, signal))) {
        const runs = sampleRuns(events)
        expect(runs.reduce((sum, { count }) => sum + count, 0)).toBe(events.length)
        expect(runs[0]?.first).toBe(events[0])
      }
  })

  it('begins a new run where an event differs in more than a counted value', () => {
    const event = (at: number, outcome: string, user: string) => ({
      '@timestamp': new Date(at * 1000).toISOString(),
      'event.outcome': outcome,
      'user.id': user,
    })
    const runs = sampleRuns([
      event(0, 'failure', 'u-1'),
      event(5, 'failure', 'u-2'),
      event(10, 'failure', 'u-3'),
      event(15, 'success', 'u-3'),
    ])
    expect(runs.map(({ count, every, varied }) => [count, every, varied])).toEqual([
      [3, 5, 'user.id'],
      [1, 0, undefined],
    ])
    expect(sampleRuns([])).toEqual([])
  })
})

describe('an audit event', () => {
  it('names its fields with the place OCSF has for each', () => {
    const [demand] = handed().handOff.demands
    if (!demand) throw new Error('no event')
    const lines = fieldLines(demand.event)
    expect(lines.map(({ name }) => name)).toEqual(demand.event.fields.map(({ name }) => name))
    expect([...lines, ...commonFieldLines(demand.event)].every(({ ocsf }) => ocsf !== '')).toBe(true)
  })
})

describe('asking for audit events as checks', () => {
  const effectsOf = (of: Design): readonly Effect[] => {
    const planned = planChecks(handed(of).context)
    return planned.ok ? planned.value : []
  }
  const changesOf = (of: Design) => effectsOf(of).flatMap(effect => (effect.kind === 'write' ? effect.changes : []))

  it('writes exactly what was shown before, in one step', () => {
    const shown = checksShown(design, missingChecks(handed().context.facts))
    expect(effectsOf(design).map(({ kind }) => kind)).toEqual(['write', 'say'])
    expect(shown.map(one => one.mitigation)).toEqual(['M-C0VER'])
    expect(shown[0]?.statement).toBe('M-C0VER is done.')
    const after = applyChanges(design, changesOf(design))
    const written = Object.values(after.mitigations['M-C0VER']?.checks ?? {}).map(({ statement }) => statement)
    expect(written).toEqual(shown[0]?.checks.map(({ statement }) => statement))
    expect(written.length).toBeGreaterThan(0)
  })

  it('has nothing to do a second time, and says so', () => {
    const after = applyChanges(design, changesOf(design))
    expect(planChecks(handed(after).context)).toMatchObject({
      ok: false,
      problems: [{ message: 'No mitigation needs a new check.' }],
    })
  })
})

describe('the files', () => {
  const { context, handOff } = handed()

  it('go into one archive, the same bytes each time, read back whole', () => {
    const files = MONITOR_FORMATS.flatMap(format => monitorFiles(format, { design: context.facts.design, handOff }).files)
    const bytes = archiveOf(files)
    const read = Object.entries(unzipSync(bytes)).map(([path, data]) => ({ path, text: strFromU8(data) }))
    expect(read).toEqual(files.map(({ path, text }) => ({ path, text })))
    expect(archiveOf(files)).toEqual(bytes)
    const planned = planArchive(context)
    expect(planned).toMatchObject({
      ok: true,
      value: [{ kind: 'download', name: 'monitoring-transfers.zip', base64: true, text: base64Of(bytes) }],
    })
  })

  it('keep letters of every kind, in paths and texts', () => {
    const files = [
      { path: 'a/ä.yml', text: 'Größe — 日本語\n' },
      { path: 'empty.txt', text: '' },
    ]
    const read = unzipSync(archiveOf(files))
    expect(Object.keys(read)).toEqual(['a/ä.yml', 'empty.txt'])
    expect(strFromU8(read['a/ä.yml'] ?? new Uint8Array())).toBe('Größe — 日本語\n')
    expect(Object.keys(unzipSync(archiveOf([])))).toEqual([])
  })

  it('name the directories that were said in this window', () => {
    const places = { 'E-TRAP1': '/opt/transfer' }
    const [wazuh] = monitorFilesNow('integrity', { design, handOff, places }).files
    expect(wazuh?.text).toContain('>/opt/transfer</directories>')
  })

  it.each(['opt/transfer', '/opt/../etc', '/opt/a.conf</directories>', '/opt/$HOME'])(
    'leave out %s, which is no directory',
    place => {
      const said = monitorFilesNow('integrity', { design, handOff, places: { 'E-TRAP1': place } })
      expect(said.files).toEqual(monitorFilesNow('integrity', { design, handOff, places: undefined }).files)
    },
  )

  it('show the one that was asked for, else the first', () => {
    const { files } = monitorFiles('events', { design, handOff })
    expect(fileShown(files, files[1]?.path)).toBe(files[1])
    expect(fileShown(files, 'gone')).toBe(files[0])
    expect(fileShown([], undefined)).toBeUndefined()
  })

  it('of one event have the samples of the rules that look at it', () => {
    const { files } = monitorFiles('ocsf', { design, handOff })
    const [demand] = handOff.demands
    const signals = signalsIn(handOff, 'ocsf', files[0]?.path ?? '')
    expect(signals.length).toBeGreaterThan(0)
    expect(signals.every(({ event }) => event.name === demand?.event.name)).toBe(true)
    expect(signalsIn(handOff, 'sigma', '')).toEqual(handOff.signals)
  })
})

describe('integrity monitoring', () => {
  it('leaves out what belongs to others and what is out of scope', () => {
    expect(leftOut(design).map(({ id }) => id)).toEqual(['E-CVST1'])
  })
})

describe('going there', () => {
  it('keeps what else is looked at, and leads from a threat to its detections', () => {
    const context = contextWith(design, { monitoring: { part: 'files', format: 'ocsf', open: 'x' } })
    expect(lookAtMonitoring.plan(context, { shown: { part: 'events' } })).toMatchObject({
      ok: true,
      value: [{ set: { step: 'reports', reportsView: 'monitoring', monitoring: { part: 'events', format: 'ocsf', open: 'x' } } }],
    })
    expect(showWatch.plan(context, 'T-C0VER')).toMatchObject({
      ok: true,
      value: [{ set: { monitoring: { part: 'threats', threat: 'T-C0VER' } } }, { kind: 'focus', name: 'watch T-C0VER' }],
    })
  })
})
