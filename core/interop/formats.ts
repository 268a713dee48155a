/** A format that can be read, written or both. */
export type Format = {
  readonly name: string
  readonly title: string
  readonly read: boolean
  readonly write: boolean
  /** Versions of the format itself. */
  readonly versions: readonly string[]
  /** How the name of a written file ends. */
  readonly ending: string
}

/** Everything Skeptic can read and write, in the order people look for it. */
export const FORMATS: readonly Format[] = [
  { name: 'skeptic', title: 'Skeptic bundle', read: true, write: true, versions: ['1'], ending: '.skeptic.json' },
  {
    name: 'threat-dragon-v2',
    title: 'OWASP Threat Dragon 2 JSON',
    read: true,
    write: true,
    versions: ['2.x'],
    ending: '.json',
  },
  { name: 'threat-dragon-v1', title: 'OWASP Threat Dragon 1 JSON', read: true, write: false, versions: ['1.x'], ending: '.json' },
  {
    name: 'tm-library',
    title: 'OWASP Threat Model Library JSON (TM-BOM)',
    read: true,
    write: true,
    versions: ['1.0'],
    ending: '.json',
  },
  {
    name: 'otm',
    title: 'Open Threat Model (OTM) YAML and JSON',
    read: true,
    write: true,
    versions: ['0.1', '0.2'],
    ending: '.otm',
  },
  {
    name: 'cyclonedx',
    title: 'CycloneDX threat model (TM-BOM) JSON',
    read: true,
    write: true,
    versions: ['2.0', 'drafts'],
    ending: '.cdx.json',
  },
  { name: 'threat-composer', title: 'Threat Composer JSON', read: true, write: true, versions: ['1'], ending: '.tc.json' },
  { name: 'threatcl', title: 'threatcl HCL and JSON', read: true, write: false, versions: ['0.x'], ending: '.hcl' },
  { name: 'threagile', title: 'Threagile YAML', read: true, write: false, versions: ['0.9', '1.0'], ending: '.yaml' },
  { name: 'pytm', title: 'pytm JSON', read: true, write: false, versions: ['1.x'], ending: '.json' },
  { name: 'cairis', title: 'CAIRIS model XML', read: true, write: false, versions: ['1.0'], ending: '.xml' },
  {
    name: 'tm7',
    title: 'Microsoft Threat Modeling Tool model (.tm7)',
    read: true,
    write: false,
    versions: ['4.x'],
    ending: '.tm7',
  },
  { name: 'markdown', title: 'The threat model as Markdown', read: false, write: true, versions: ['CommonMark'], ending: '.md' },
  { name: 'csv', title: 'Threats and findings as CSV', read: false, write: true, versions: ['RFC 4180'], ending: '.csv' },
  { name: 'sarif', title: 'Open threats and findings as SARIF', read: false, write: true, versions: ['2.1.0'], ending: '.sarif' },
  { name: 'gherkin', title: 'Checks as a Gherkin feature', read: false, write: true, versions: ['6'], ending: '.feature' },
  { name: 'drawio', title: 'draw.io diagram', read: true, write: true, versions: ['mxfile'], ending: '.drawio' },
  { name: 'mermaid', title: 'Mermaid flowchart', read: true, write: true, versions: ['flowchart'], ending: '.mmd' },
  {
    name: 'compose',
    title: 'Compose file (starting model)',
    read: true,
    write: false,
    versions: ['2', '3', 'specification'],
    ending: '.yaml',
  },
  {
    name: 'openapi',
    title: 'OpenAPI document (starting model)',
    read: true,
    write: false,
    versions: ['2.0', '3.0', '3.1'],
    ending: '.yaml',
  },
]

/** Names of the formats of one direction, for messages. */
export function namesOf(direction: 'read' | 'write'): string {
  return FORMATS.filter(format => format[direction])
    .map(format => format.name)
    .join(', ')
}
