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
    write: false,
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
    write: false,
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
  { name: 'cairis', title: 'CAIRIS model XML', read: true, write: false, versions: ['1.0'], ending: '.xml' },
  { name: 'mermaid', title: 'Mermaid flowchart', read: false, write: true, versions: ['flowchart'], ending: '.mmd' },
]

/** Names of the formats of one direction, for messages. */
export function namesOf(direction: 'read' | 'write'): string {
  return FORMATS.filter(format => format[direction])
    .map(format => format.name)
    .join(', ')
}
