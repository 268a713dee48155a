import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { Design, Element, Threat } from '../../../core/model/types.ts'
import { eventSchema } from '../../../core/monitoring/audit-events.ts'
import { type MONITOR_FORMATS, monitorFiles } from '../../../core/monitoring/files.ts'
import { integrityFiles } from '../../../core/monitoring/integrity.ts'
import { asOcsf } from '../../../core/monitoring/ocsf.ts'
import { ruleIds } from '../../../core/monitoring/rule-ids.ts'
import { samplesOf } from '../../../core/monitoring/samples.ts'
import { sigmaIds } from '../../../core/monitoring/sigma.ts'
import type { HandOff, Signal } from '../../../core/monitoring/types.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { builtinDetections } from '../../../packs/detections.ts'
import * as validate from '../../../schemas/generated/validate-packs.js'
import { sigmaHits, sigmaRules, xmlHits, xmlNodes } from './evaluate.ts'
import { ocsfFaults } from './ocsf-1-6.ts'

const provenance = { kind: 'human', at: '2026-01-05T09:00:00Z' } as const
const detections = builtinDetections.flatMap(pack => pack.detections)
const controls = new Set(builtinPacks.controls.flatMap(pack => pack.controls).map(({ id }) => id))

/** Every detection of the packs on one component, under a name and a threat of one's own. */
function handOffNamed(name: string): HandOff {
  const element = { id: 'E-00001', name, kind: 'process', provenance } as Element
  const threat = { id: 'T-00001', statement: name, categories: { tampering: true }, provenance } as Threat
  const service = { element, slug: 'billing-api' }
  const signals: readonly Signal[] = builtinDetections
    .flatMap(pack =>
      pack.detections.map(detection => ({ detection, event: pack.events.find(({ name }) => name === detection.event) })),
    )
    .flatMap(({ detection, event }) =>
      event ? [{ key: `${detection.id}/E-00001`, detection, event, service, threats: [threat] }] : [],
    )
  const demands = builtinDetections.flatMap(pack => pack.events).map(event => ({ event, services: [service], threats: [threat] }))
  const watches = [{ threat, detections: [], isCovered: true }]
  return {
    slug: 'billing',
    name,
    designId: '0123456789',
    address: 'urn:skeptic:billing#',
    watches,
    signals,
    demands,
    services: [service],
  }
}

const handOff = handOffNamed('Billing API')
const design = { data: {}, elements: {} } as Design
const textOf = (format: (typeof MONITOR_FORMATS)[number], of: HandOff = handOff) =>
  monitorFiles(format, { design, handOff: of }).files.at(-1)?.text ?? ''
const sigma = textOf('sigma')
const [sigmaParsed, wazuh, ossec] = [sigmaRules(sigma), xmlNodes(textOf('wazuh')), xmlNodes(textOf('ossec'))]
const ids = ruleIds(handOff)

describe('detections as data', () => {
  test.each(builtinDetections)('$id fits its schema', pack => {
    expect(validate.detectionPack(pack), JSON.stringify(validate.detectionPack.errors)).toBe(true)
  })

  test('there are enough, every control they name exists, and every category has one', () => {
    expect(detections.length).toBeGreaterThanOrEqual(30)
    expect(handOff.signals.length).toBe(detections.length)
    expect(detections.flatMap(one => one.controls).filter(id => !controls.has(id))).toEqual([])
    const had = new Set(detections.flatMap(one => [...one.categories, ...(one.privacy ?? [])]))
    const rules = builtinPacks.rules.flatMap(pack => pack.rules)
    const wanted = new Set(rules.flatMap(rule => [...rule.categories, ...(rule.privacy ?? [])]))
    expect(wanted.size).toBe(13)
    expect([...wanted].filter(name => !had.has(name))).toEqual([])
    // A threat of which only its category is known is offered one too.
    const offered = new Set<string>(detections.flatMap(one => one.general ?? []))
    expect([...wanted].filter(name => !offered.has(name))).toEqual([])
  })
})

describe('the samples of every detection', () => {
  const cases = handOff.signals.map(signal => ({ id: signal.detection.id, signal }))
  test.each(cases)('$id: the positive one matches and the negative one does not, in each language', ({ signal }) => {
    const { positive, negative } = samplesOf(handOff, signal)
    const { correlate } = signal.detection
    const wanted = sigmaIds(handOff, signal)[correlate ? 'correlation' : 'event']
    expect(sigmaHits(sigmaParsed, positive).has(wanted)).toBe(true)
    expect(sigmaHits(sigmaParsed, negative).has(wanted)).toBe(false)
    const id = `${ids.of(signal) + (correlate ? 1 : 0)}`
    expect(xmlHits(wazuh, positive, 0).has(id)).toBe(true)
    expect(xmlHits(wazuh, negative, 0).has(id)).toBe(false)
    if (correlate?.distinct !== undefined) return
    expect(xmlHits(ossec, positive, 2).has(id)).toBe(true)
    expect(xmlHits(ossec, negative, 2).has(id)).toBe(false)
  })

  test.each(cases)('$id: one changed field name in the rule and the positive sample fails', ({ signal }) => {
    const { positive } = samplesOf(handOff, signal)
    const field = signal.detection.select[0]?.field ?? ''
    const ruleOf = sigmaIds(handOff, signal)
    const wanted = ruleOf[signal.detection.correlate ? 'correlation' : 'event']
    // The rule and the correlation that counts it, which names its id.
    const own = sigma.split('\n---\n').filter(document => document.includes(ruleOf.event))
    const asWritten = own.join('\n---\n')
    expect(sigmaHits(sigmaRules(asWritten), positive).has(wanted)).toBe(true)
    const changed = asWritten.replaceAll(`        ${field}`, `        ${field}x`)
    expect(sigmaHits(sigmaRules(changed), positive).has(wanted)).toBe(false)
  })

  test('a sample sets off no rule but its own: siblings of Wazuh would hide each other', () => {
    for (const signal of handOff.signals) {
      const own = [ids.of(signal), ids.of(signal) + 1].map(String)
      expect([...xmlHits(wazuh, samplesOf(handOff, signal).positive, 0)].filter(id => !own.includes(id))).toEqual([])
    }
  })

  test('every sample fits the schema of its event, and neither secrets nor missing fields do', () => {
    const ajv = new Ajv2020({ strict: false })
    for (const { event, services, threats } of handOff.demands) {
      const fits = ajv.compile(eventSchema(handOff, { event, services, threats }))
      const signals = handOff.signals.filter(one => one.event === event)
      expect(signals.length).toBeGreaterThan(0)
      for (const signal of signals) {
        const { positive, negative } = samplesOf(handOff, signal)
        for (const line of [...positive.slice(0, 3), ...negative.slice(0, 3)])
          expect(fits(line), `${event.name} ${JSON.stringify(fits.errors)}`).toBe(true)
        expect(fits({ ...positive[0], [event.forbidden[0] ?? '']: 'x' })).toBe(false)
        expect(fits({ ...positive[0], 'user.password': 'x' })).toBe(false)
        expect(fits({ ...positive[0], 'event.action': undefined })).toBe(false)
        expect(asOcsf(event, positive[0] ?? {})).toMatchObject({ class_uid: 6003, metadata: { version: '1.6.0' } })
      }
    }
  })

  test('the OCSF sample of every event fits its own schema, and what is published for its class', () => {
    const ajv = new Ajv2020({ strict: false })
    for (const { text } of monitorFiles('ocsf', { design, handOff }).files) {
      const { schema, sample, event } = JSON.parse(text) as { schema: object; sample: Record<string, unknown>; event: string }
      const fits = ajv.compile(schema)
      expect(fits(sample), JSON.stringify(fits.errors)).toBe(true)
      expect(ocsfFaults(sample)).toEqual([])
      expect(sample).toMatchObject({ metadata: { event_code: event }, api: { operation: event } })
      expect(fits({ ...sample, severity_id: 7 })).toBe(false)
      const { uid, ...others } = { ...sample, uid: 'x' }
      expect([ocsfFaults({ ...sample, uid }), ocsfFaults({ ...others, src_endpoint: {} })].map(faults => faults.length)).toEqual([
        1, 1,
      ])
    }
  })

  test('names of OpenTelemetry events and attributes keep to its rules for names, and ports are numbers', () => {
    const [{ text } = { text: '' }] = monitorFiles('otel', { design, handOff }).files
    const { events } = JSON.parse(text) as {
      events: readonly { eventName: string; attributes: readonly { name: string; type: string }[] }[]
    }
    expect(events.length).toBe(handOff.demands.length)
    expect(new Set(events.map(({ eventName }) => eventName)).size).toBe(events.length)
    for (const { eventName, attributes } of events) {
      const names = attributes.map(({ name }) => name)
      for (const name of [eventName, ...names]) expect(name).toMatch(/^[a-z][a-z0-9]*([._][a-z0-9]+)*$/)
      expect(new Set(names).size).toBe(names.length)
      for (const { name, type } of attributes) expect(type).toBe(name.endsWith('.port') ? 'int' : 'string')
    }
  })

  test('a rule that is counted is made a rule of its own where the converter looks for it', () => {
    const correlations = sigmaParsed.flatMap(({ correlation, generate }) => (correlation ? [{ correlation, generate }] : []))
    expect(correlations.length).toBeGreaterThan(0)
    for (const { correlation, generate } of correlations) expect((correlation as { generate?: boolean }).generate).toBe(generate)
    expect(correlations.some(({ generate }) => generate === true)).toBe(true)
  })

  test('ids, levels, times and lengths are those that Wazuh and OSSEC read', () => {
    for (const [engine, most] of [
      ['wazuh', 16],
      ['ossec', 15],
    ] as const)
      for (const { attributes, children } of (engine === 'wazuh' ? wazuh : ossec).flatMap(group => group.children)) {
        const [id, level] = [Number(attributes.id), Number(attributes.level)]
        expect(id >= 100_000 && id <= 120_000 && level >= 0 && level <= most, attributes.id).toBe(true)
        if (attributes.frequency !== undefined) {
          expect(Number(attributes.frequency)).toBeGreaterThanOrEqual(engine === 'wazuh' ? 2 : 0)
          expect(Number(attributes.timeframe)).toBeLessThanOrEqual(9999)
        }
        const infos = children.filter(({ name }) => name === 'info').map(one => one.text)
        for (const text of [infos.join(''), ...children.map(child => child.text)]) expect(text.length).toBeLessThan(2048)
        const counted = children.find(({ name }) => name === 'if_matched_sid')?.text
        const from = wazuh.flatMap(group => group.children).find(rule => rule.attributes.id === counted)
        if (counted !== undefined) expect(Number(from?.attributes.level)).toBeGreaterThan(0)
      }
  })
})

const folder = new URL('../../../../shared/corpus/schemas/sigma/', import.meta.url)
describe.skipIf(!existsSync(folder))('published schemas of Sigma', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const schema = (name: string) => ajv.compile(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object)
  test('every document is valid', () => {
    const [rule, correlation] = [schema('sigma-detection-rule-schema.json'), schema('sigma-correlation-rules-schema.json')]
    const documents = parseAllDocuments(sigma).map(document => document.toJS() as { correlation?: object; id: string })
    expect(documents.length).toBe(detections.length + detections.filter(one => one.correlate).length)
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length)
    for (const document of documents) {
      const fits = document.correlation ? correlation : rule
      expect(fits(document), JSON.stringify(fits.errors)).toBe(true)
      expect(document.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
  })
})

describe('names that want to be something else', () => {
  const hostile = [
    "' : - {}\n--- # x",
    '<rule id="1"></rule>--> $VAR \\<',
    '&amp; ]]> \u202e \u0000 \ud800',
    '$HOME %s * ?',
    '--',
    '表',
  ]
  test.each(hostile)('%j is inert in every format', name => {
    const of = handOffNamed(name)
    const documents = parseAllDocuments(textOf('sigma', of))
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    expect(documents.length).toBe(sigmaParsed.length)
    for (const format of ['wazuh', 'ossec', 'integrity'] as const)
      for (const { text } of monitorFiles(format, { design, handOff: of }).files) expect(() => xmlNodes(text)).not.toThrow()
    expect(xmlNodes(textOf('wazuh', of))[0]?.children.length).toBe(wazuh[0]?.children.length)
    for (const format of ['events', 'ocsf', 'otel', 'samples'] as const)
      for (const { text } of monitorFiles(format, { design, handOff: of }).files) expect(() => JSON.parse(text)).not.toThrow()
  })
})

test('integrity monitoring never copies contents from where secrets may be, and invents no place', () => {
  const bare = integrityFiles(design, handOff)
  expect(bare.losses).toHaveLength(1)
  for (const { text } of bare.files)
    expect(xmlNodes(text)[0]?.children[0]?.children.filter(({ name }) => name === 'directories')).toEqual([])
  const placed = integrityFiles(design, handOff, new Map([['E-00001', ['/opt/billing']]]))
  for (const { path, text } of placed.files) {
    const nodes = xmlNodes(text)[0]?.children[0]?.children ?? []
    const [directory] = nodes.filter(({ name }) => name === 'directories')
    expect(directory?.text).toBe('/opt/billing')
    expect(directory?.attributes.report_changes).toBeUndefined()
    expect(nodes.some(({ name, text: place }) => name === 'nodiff' && place === '^/opt/billing')).toBe(true)
    expect(directory?.attributes.whodata).toBe(path.includes('ossec-syscheck') ? undefined : 'yes')
  }
})
