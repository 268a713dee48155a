import type { Keep } from './project-json.ts'

const TEXT: Keep = { of: { text: 'all' } }
const PLACE: Keep = {
  of: {
    physicalLocation: { of: { artifactLocation: { of: { uri: 'all', index: 'all' } }, region: { of: { startLine: 'all' } } } },
  },
}
const REFERENCE: Keep = { of: { id: 'all', index: 'all', toolComponent: { of: { name: 'all', index: 'all' } } } }
const MARKS: Keep = { of: { tags: 'all', cwe: 'all', cwes: 'all' } }
const RULE: Keep = {
  of: {
    id: 'all',
    name: 'all',
    helpUri: 'all',
    shortDescription: TEXT,
    fullDescription: TEXT,
    defaultConfiguration: { of: { level: 'all' } },
    properties: MARKS,
    relationships: { each: { of: { target: REFERENCE } } },
  },
}
const COMPONENT: Keep = { of: { name: 'all', version: 'all', semanticVersion: 'all', rules: { each: RULE } } }
const NOTIFICATIONS: Keep = { each: { of: { level: 'all', message: TEXT, locations: { each: PLACE, most: 1 } } } }

const RESULT: Keep = {
  of: {
    ruleId: 'all',
    ruleIndex: 'all',
    rule: REFERENCE,
    level: 'all',
    kind: 'all',
    baselineState: 'all',
    suppressions: { each: { of: { status: 'all' } } },
    properties: MARKS,
    taxa: { each: REFERENCE },
    locations: { each: PLACE, most: 1 },
  },
}

/** What core/evidence/sarif.ts reads of a log; a test holds the two against each other. */
export const SARIF_SHAPE: Keep = {
  of: {
    version: 'all',
    runs: {
      each: {
        of: {
          tool: { of: { driver: COMPONENT, extensions: { each: COMPONENT } } },
          automationDetails: { of: { id: 'all' } },
          invocations: {
            each: {
              of: {
                executionSuccessful: 'all',
                toolExecutionNotifications: NOTIFICATIONS,
                toolConfigurationNotifications: NOTIFICATIONS,
              },
            },
          },
          externalPropertyFileReferences: { of: { results: { each: { of: {} } } } },
          versionControlProvenance: { each: { of: { revisionId: 'all' } } },
          artifacts: { each: { of: { location: { of: { uri: 'all', index: 'all' } } } } },
          taxonomies: { each: { of: { name: 'all' } } },
          results: { each: RESULT },
        },
      },
    },
  },
}

/** Members that a log has at its top level, SARIF 2.1.0, 3.13; with any other it is read whole. */
export const SARIF_TOP: ReadonlySet<string> = new Set(['$schema', 'version', 'runs', 'inlineExternalProperties', 'properties'])
