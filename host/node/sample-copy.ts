import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { findSample } from './samples.ts'

/** The sample people meet first. */
const SAMPLE = 'bank-transfer'

/** A fresh copy of the sample: the folder of its design, and the folder around it, which is whoever asked to take away. */
export type SampleCopy = { readonly folder: string; readonly copy: string }

/** Copies the sample to a temporary folder, so that trying things out changes nothing of it. */
export async function copySample(): Promise<Result<SampleCopy>> {
  const source = findSample(SAMPLE)
  if (source === undefined)
    return refuse({
      code: 'sample.missing',
      message: 'The sample is missing from this installation.',
      cure: 'Install Skeptic again.',
    })
  try {
    const copy = await mkdtemp(path.join(tmpdir(), 'skeptic-sample-'))
    await copyFolder(source, copy)
    return ok({ folder: path.join(copy, 'threat-model'), copy })
  } catch (error) {
    const message = `The sample could not be copied: ${error instanceof Error ? error.message : error}`
    return refuse({ code: 'sample.copy', at: tmpdir(), message, cure: 'Make room there, or open a design of your own.' })
  }
}

/** By hand, because the copy of Node cannot read from the archive the desktop app is packaged in. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    else await writeFile(target, await readFile(source))
  }
}
