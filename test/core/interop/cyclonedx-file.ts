import { expect } from 'vitest'
import { readCycloneDx } from '../../../core/interop/cyclonedx/read.ts'
import type { ReadModel } from '../../../core/interop/reading/building.ts'
import { type Loss, lossesOf } from '../../../core/interop/report.ts'
import type { Problem } from '../../../core/support/result.ts'
import { expectSound, stamp } from './imported.ts'

/** Any part of a file. */
export type Fields = Readonly<Record<string, unknown>>

/** A small model of our own that holds one of everything. */
export function model(more: Fields = {}, blueprint: Fields = {}): Fields {
  return {
    specFormat: 'CycloneDX',
    specVersion: '2.0',
    serialNumber: SERIAL,
    metadata: { component: { type: 'application', 'bom-ref': 'shop', name: 'Shop', description: 'Sells things.' } },
    components: [{ type: 'application', 'bom-ref': 'comp-mail', name: 'Mail sender' }],
    blueprints: [{ 'bom-ref': 'bp', name: 'Shop overview', modelTypes: ['data-flow'], ...PARTS, ...blueprint }],
    threats: {
      threats: [threat({})],
      scenarios: [scenario({})],
      attackTrees: [{ 'bom-ref': 'tree', name: 'Tree', root: 'node' }],
    },
    controls: [control({})],
    risks: { risks: [risk({})] },
    definitions: { requirements: [requirement({})] },
    profiles: { threatProfiles: [{ 'bom-ref': 'tp', name: 'A thief' }] },
    ...more,
  }
}

/** The number by which the model names itself. */
export const SERIAL = 'urn:uuid:00000000-0000-4000-8000-000000000001'

/** What its one blueprint holds. */
export const PARTS: Fields = {
  zones: [
    { 'bom-ref': 'net', name: 'Internet', type: 'network' },
    { 'bom-ref': 'dc', name: 'Data centre', type: 'trust' },
    { 'bom-ref': 'db', name: 'Database network', type: 'organizational', parent: 'dc', constraints: ['none'] },
  ],
  boundaries: [{ 'bom-ref': 'pair', zones: ['net', 'dc'], crossingRequirements: { logging: true } }],
  actors: [{ 'bom-ref': 'user', party: { persona: { archetype: 'customer' } }, zone: 'net' }],
  assets: [
    { 'bom-ref': 'web', type: 'service', name: 'Web shop', zone: 'dc', responsibilities: ['Sell'] },
    { 'bom-ref': 'mail', componentRef: 'comp-mail', zone: 'dc' },
    { 'bom-ref': 'logs', type: 'data', name: 'Logs', classification: { classification: 'internal' } },
  ],
  dataStores: [
    {
      'bom-ref': 'orders',
      name: 'Orders',
      type: 'relational',
      vendor: 'Acme',
      product: 'Base',
      zone: 'db',
      dataSets: ['people'],
    },
  ],
  dataSets: [
    {
      'bom-ref': 'people',
      name: 'Customers',
      description: 'Names.',
      dataProfiles: [{ name: 'Personal', classification: 'restricted' }],
      placements: [{ dataStore: 'orders', encrypted: true }],
    },
  ],
  flows: [
    {
      'bom-ref': 'order',
      name: 'Order',
      type: 'data',
      source: 'user',
      destination: 'web',
      encrypted: true,
      bidirectional: true,
      protocols: ['https', 'http'],
      authentication: ['none'],
      dataObjects: [{ name: 'basket' }],
    },
    {
      'bom-ref': 'send',
      name: 'Send',
      type: 'message',
      source: 'web',
      destination: 'comp-mail',
      dataObjects: [{ name: 'basket' }],
    },
  ],
  assumptions: [{ 'bom-ref': 'asm', description: 'Staff is trained.', validity: 'unverified', impact: 'Passwords leak.' }],
  useCases: [{ assets: ['web'], flows: ['order'], requirements: ['req'] }],
}

/** The threat of the model, with some of its fields said otherwise. */
export function threat(more: Fields): Fields {
  return {
    'bom-ref': 'theft',
    name: 'Orders are stolen',
    description: 'By reading the store.',
    categories: [
      { taxonomy: 'STRIDE', category: 'information-disclosure' },
      { taxonomy: 'LINDDUN', category: 'linkability' },
      { taxonomy: 'MAESTRO', category: 'data-operations' },
    ],
    weaknesses: [{ 'bom-ref': 'wk', cweId: 200 }],
    affectedAssets: ['orders', 'order', 'people'],
    mitigations: ['lock', 'req'],
    ...more,
  }
}

/** Its scenario, likewise. */
export function scenario(more: Fields): Fields {
  const rating = { likelihood: { level: 'low' }, impact: { level: 'moderate' } }
  const names = { threats: ['theft'], threatProfile: 'tp', affectedAssets: ['web'] }
  return { 'bom-ref': 'sc', name: 'A break-in', ...names, ...rating, ...more }
}

/** Its control, likewise. */
export function control(more: Fields): Fields {
  return { 'bom-ref': 'lock', name: 'Lock the store', description: 'With a key.', status: 'implemented', ...more }
}

/** Its risk, likewise. */
export function risk(more: Fields): Fields {
  const inherentRisk = { likelihood: { level: 'very-high' }, impact: { level: 'low' } }
  return { 'bom-ref': 'loss', name: 'Loss', statement: 'Orders are lost.', relatedThreats: ['theft'], inherentRisk, ...more }
}

/** Its requirement, likewise. */
export function requirement(more: Fields): Fields {
  return {
    'bom-ref': 'req',
    id: 'REQ-1',
    name: 'Ask twice',
    type: ['functional', 'security'],
    priority: 'medium',
    status: 'approved',
    acceptanceCriteria: [{ id: 'AC-1', description: 'A second factor is asked for.', status: 'pending' }],
    ...more,
  }
}

type Read = ReadModel & { readonly losses: readonly Loss[]; readonly problems: readonly Problem[] }

/** What a file becomes, which must be accepted. */
export function read(file: Fields): Read {
  const result = readCycloneDx('model.json', file, stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  expectSound(result.value.design)
  return { ...result.value, losses: lossesOf(result.value.report), problems: result.value.report.problems }
}

/** The one problem of a refusal, which must be complete. */
export function refused(file: Fields): Problem {
  const result = readCycloneDx('model.json', file, stamp)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0].at).toMatch(/^model\.json/)
  expect(result.problems[0].cure).toBeTruthy()
  return result.problems[0]
}
