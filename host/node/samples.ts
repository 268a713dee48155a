import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Where the samples lie: beside the sources, or beside the built program. */
const PLACES = ['packs/samples', '../packs/samples', '../../packs/samples', '../../../packs/samples']

function samplesFolder(): string | undefined {
  return PLACES.map(place => path.resolve(import.meta.dirname ?? __dirname, place)).find(existsSync)
}

/** Folder of a sample: its design in `threat-model/`, its code beside it. */
export function findSample(name: string): string | undefined {
  const folder = samplesFolder()
  return folder !== undefined && sampleNames().includes(name) ? path.join(folder, name) : undefined
}

export function sampleNames(): readonly string[] {
  const folder = samplesFolder()
  if (folder === undefined) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
}
