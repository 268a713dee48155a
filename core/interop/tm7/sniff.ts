import { hasXmlRoot } from '../reading/xml-root.ts'

/** Whether a file looks like a model of the tool, by its first characters; its name says nothing. */
export function looksLikeTm7(head: string): boolean {
  return hasXmlRoot(head, 'ThreatModel')
}
