/** A format that can be read, written or both. */
export type Format = {
  readonly name: string
  readonly title: string
  readonly read: boolean
  readonly write: boolean
  /** Versions of the format itself. */
  readonly versions: readonly string[]
}

/** Everything Skeptic can read and write, in the order people look for it. */
export const FORMATS: readonly Format[] = [
  { name: 'skeptic', title: 'Skeptic bundle', read: true, write: true, versions: ['1'] },
  { name: 'threat-dragon-v2', title: 'OWASP Threat Dragon 2 JSON', read: true, write: false, versions: ['2.x'] },
  { name: 'threat-dragon-v1', title: 'OWASP Threat Dragon 1 JSON', read: true, write: false, versions: ['1.x'] },
  { name: 'tm-library', title: 'OWASP Threat Model Library JSON (TM-BOM)', read: true, write: false, versions: ['1.0'] },
  { name: 'otm', title: 'Open Threat Model (OTM) YAML and JSON', read: true, write: false, versions: ['0.1', '0.2'] },
  { name: 'cyclonedx', title: 'CycloneDX threat model (TM-BOM) JSON', read: true, write: false, versions: ['2.0', 'drafts'] },
  { name: 'threat-composer', title: 'Threat Composer JSON', read: true, write: false, versions: ['1'] },
  { name: 'threatcl', title: 'threatcl HCL and JSON', read: true, write: false, versions: ['0.x'] },
  { name: 'cairis', title: 'CAIRIS model XML', read: true, write: false, versions: ['1.0'] },
  { name: 'mermaid', title: 'Mermaid flowchart', read: false, write: true, versions: ['flowchart'] },
]

/** Names of the formats of one direction, for messages. */
export function namesOf(direction: 'read' | 'write'): string {
  return FORMATS.filter(format => format[direction])
    .map(format => format.name)
    .join(', ')
}
