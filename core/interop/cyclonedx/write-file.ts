import { rowsOf } from '../../model/table.ts'
import { uuidOf } from '../../verdict/uuid.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { Occasion } from '../writers.ts'
import { propertiesOf } from './marks.ts'
import { ASSUMPTION } from './read.ts'
import { blueprintsOf } from './write-blueprint.ts'
import { answersOf, controlsOf, requirementsPart } from './write-controls.ts'
import { componentOf, isComponent } from './write-elements.ts'
import { OWN_PROPERTIES, ownProperties, type Pen } from './write-objects.ts'
import { profilesOf, risksPart, threatsPart } from './write-threats.ts'

const SCHEMA = 'https://cyclonedx.org/schema/2.0/cyclonedx-2.0.schema.json'

/** Parts of the format that an import may have kept and we write nothing into. */
const OTHERS = [
  ...['$comment', 'services', 'dependencies', 'compositions', 'vulnerabilities', 'annotations', 'formulation', 'declarations'],
  ...['citations', 'perspectives', 'externalReferences', 'signatures'],
]

export type Around = { readonly foreign: Raw; readonly occasion: Occasion }

/** The whole file as an object, its keys in the order of the format; parts with nothing in them are left out. */
export function fileOf(pen: Pen, { foreign, occasion }: Around): Raw {
  const part = (key: string) => recordOf(foreign[key]) ?? {}
  const answers = answersOf(pen)
  const [left] = listOf(foreign.blueprints)
  const root: Raw = {
    $schema: SCHEMA,
    specFormat: 'CycloneDX',
    specVersion: '2.0',
    serialNumber: `urn:uuid:${uuidOf('cyclonedx', pen.digest)}`,
    version: 1,
    metadata: metadataOf(pen, part('metadata'), occasion),
    components: [
      ...listOf(foreign.components),
      ...rowsOf(pen.design.elements)
        .filter(isComponent)
        .map(row => componentOf(pen, row)),
    ],
    blueprints: blueprintsOf(pen, recordOf(left) ?? {}),
    profiles: {
      ...part('profiles'),
      ...list('threatProfiles', [...listOf(part('profiles').threatProfiles), ...profilesOf(pen)]),
    },
    threats: threatsPart(pen, part('threats'), answers),
    risks: risksPart(pen, part('risks'), answers),
    controls: [...controlsOf(pen), ...listOf(foreign.controls)],
    definitions: { ...part('definitions'), ...list('requirements', requirementsPart(pen)) },
    properties: [...listOf(foreign.properties), ...assumptionProperties(pen)],
    ...Object.fromEntries(OTHERS.flatMap(key => (foreign[key] === undefined ? [] : [[key, foreign[key]]]))),
  }
  return Object.fromEntries(Object.entries(root).filter(([, value]) => !isEmpty(value)))
}

function list(key: string, values: readonly unknown[]): Raw {
  return values.length > 0 ? { [key]: values } : {}
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  const part = recordOf(value)
  return value === undefined || (part !== undefined && Object.values(part).every(inner => inner === undefined))
}

function metadataOf({ design, digest, plan }: Pen, kept: Raw, { at, version }: Occasion): Raw {
  const { designId = '', name = 'Unnamed model', purpose } = design.settings.design ?? {}
  const component = recordOf(kept.component)
  const about = { name, ...(purpose === undefined ? {} : { description: purpose }) }
  const tools = recordOf(kept.tools) ?? {}
  const tool = { type: 'application', name: 'Skeptic', version, properties: OWN_PROPERTIES }
  const marks = { design: designId, digest, ...plan.marks.get('design') }
  return {
    ...kept,
    timestamp: at,
    tools: { ...tools, components: [...listOf(tools.components), tool] },
    component: component ? { ...component, ...about } : { type: 'application', ...about, properties: OWN_PROPERTIES },
    properties: [...listOf(kept.properties), ...propertiesOf(marks)],
  }
}

/** Assumptions have no properties of their own. One that is called by our id and holds all of it needs none. */
function assumptionProperties(pen: Pen): readonly Raw[] {
  return rowsOf(pen.design.assumptions).map(row => ({
    name: ASSUMPTION,
    value: JSON.stringify({ ref: pen.refs.get(row.id), properties: ownProperties(pen, row.id) }),
  }))
}
