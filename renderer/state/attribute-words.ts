import type { AttributeName } from '../../core/model/types.ts'
import { spoken, t } from '../words/translate.ts'

/** Security attributes as statements a person can answer. */
export const ATTRIBUTE_NAMES: Readonly<Record<AttributeName, string>> = spoken({
  exposedToInternet: 'Exposed to the internet',
  isPubliclyReadable: 'Readable by anyone',
  isClient: "Runs on its user's device",
  servesBrowser: 'Serves pages to a browser',
  acceptsWebhooks: 'Takes calls from third parties',
  runsAsPrivileged: 'Runs privileged',
  isMultiTenant: 'Serves several tenants',
  parsesUntrusted: 'Parses untrusted input',
  handlesFiles: 'Handles files',
  makesOutboundRequests: 'Makes outbound requests',
  executesCommands: 'Executes commands',
  runsUntrustedCode: 'Runs code from others',
  managesSessions: 'Manages sessions',
  storesCredentials: 'Stores credentials',
  isLog: 'Is a log',
  holdsBackups: 'Holds backups',
  isAiModel: 'Is an AI model',
  isAiAgent: 'Is an AI agent',
  usesTools: 'Calls tools',
  retrievesContent: 'Retrieves content for a model',
  keepsMemory: 'Keeps a memory',
  trainsModel: 'Trains or tunes a model',
  authenticates: 'Authenticates callers',
  authorises: 'Authorises each request',
  validatesInput: 'Validates input',
  encodesOutput: 'Encodes output',
  encryptsAtRest: 'Encrypts at rest',
  logsAudit: 'Writes an audit log',
  limitsRate: 'Limits rate',
  isolatesTenants: 'Isolates tenants',
  sandboxesCode: 'Sandboxes code',
  requiresApproval: 'Asks a person to approve',
  pinsDependencies: 'Pins dependencies',
  verifiesArtifacts: 'Verifies artefacts',
  rotatesSecrets: 'Rotates secrets',
  limitsRetention: 'Limits retention',
  recordsConsent: 'Records consent',
})

/** What is asked of a flow, as statements a person can answer. */
export const FLOW_QUESTIONS = spoken({
  encryption: 'Encrypted in transit',
  authentication: 'Ends prove who they are',
  publicNetwork: 'Passes a shared network',
})

const STATED: readonly Readonly<Record<string, string>>[] = [ATTRIBUTE_NAMES, FLOW_QUESTIONS]

/** What the model states, called as the inspector calls it: `logsAudit: yes`, or the names in a sentence of core. */
export function inWords(sentence: string): string {
  return sentence
    .replace(/^\w+(?=: )/, named)
    .replace(/(states? |for )(\w+(?: or \w+)*)(?=[:;])/g, (_, lead: string, names: string) => lead + names.replace(/\w+/g, named))
}

function named(name: string): string {
  const words = STATED.find(table => Object.hasOwn(table, name))?.[name]
  return words === undefined ? name : `“${words}”`
}

/** Security attributes by what they tell, in the order they are asked. */
export const ATTRIBUTE_GROUPS: readonly { readonly title: string; readonly names: readonly AttributeName[] }[] = [
  {
    get title() {
      return t('Exposure')
    },
    names: [
      'exposedToInternet',
      'isPubliclyReadable',
      'isClient',
      'servesBrowser',
      'acceptsWebhooks',
      'runsAsPrivileged',
      'isMultiTenant',
    ],
  },
  {
    get title() {
      return t('What it does')
    },
    names: [
      'parsesUntrusted',
      'handlesFiles',
      'makesOutboundRequests',
      'executesCommands',
      'runsUntrustedCode',
      'managesSessions',
      'storesCredentials',
      'isLog',
      'holdsBackups',
    ],
  },
  {
    get title() {
      return t('AI')
    },
    names: ['isAiModel', 'isAiAgent', 'usesTools', 'retrievesContent', 'keepsMemory', 'trainsModel'],
  },
  {
    get title() {
      return t('Protection')
    },
    names: [
      'authenticates',
      'authorises',
      'validatesInput',
      'encodesOutput',
      'encryptsAtRest',
      'logsAudit',
      'limitsRate',
      'isolatesTenants',
      'sandboxesCode',
      'requiresApproval',
      'pinsDependencies',
      'verifiesArtifacts',
      'rotatesSecrets',
      'limitsRetention',
      'recordsConsent',
    ],
  },
]

/** Attributes worth asking about, by kind of element. */
export const ATTRIBUTES_OF: Readonly<Record<'process' | 'dataStore' | 'externalEntity', readonly AttributeName[]>> = {
  process: (Object.keys(ATTRIBUTE_NAMES) as AttributeName[]).filter(
    name => !['encryptsAtRest', 'isLog', 'isPubliclyReadable', 'holdsBackups'].includes(name),
  ),
  dataStore: [
    'exposedToInternet',
    'isPubliclyReadable',
    'isMultiTenant',
    'handlesFiles',
    'storesCredentials',
    'isLog',
    'holdsBackups',
    'authorises',
    'encryptsAtRest',
    'logsAudit',
    'isolatesTenants',
    'rotatesSecrets',
    'limitsRetention',
  ],
  externalEntity: ['exposedToInternet', 'isClient', 'isAiModel', 'isAiAgent', 'authenticates'],
}
