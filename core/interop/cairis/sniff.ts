import { hasXmlRoot } from '../reading/xml-root.ts'

/** Whether a file looks like a model of CAIRIS, by its first characters. */
export function looksLikeCairis(head: string): boolean {
  return hasXmlRoot(head, 'cairis_model')
}
