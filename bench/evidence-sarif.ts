import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compare, cpuOf } from './measure.ts'
import type { Part } from './run.ts'

type Told = { readonly count: number; readonly rss: number; readonly kept?: number }

const MEGABYTE = 1_000_000
const LARGE = 100
const SMALL = 10

/** P9: facts and digest of a SARIF log of 100 MB, against JSON.parse of the same bytes; each in a process of its own. */
export function sarifLogs(root: string): Part {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  try {
    const [large, small] = [LARGE, SMALL].map(size => writeLog(path.join(dir, `${size}.sarif`), size * MEGABYTE)) as [
      string,
      string,
    ]
    const child = path.join(root, 'dist/bench/evidence-sarif-child.cjs')
    const command = (way: 'facts' | 'parse', file: string) => [process.execPath, '--expose-gc', child, way, file]
    const cpu = (way: 'facts' | 'parse', file: string) => () => cpuOf(command(way, file), 1)
    const told = (way: 'facts' | 'parse') =>
      JSON.parse(spawnSync(process.execPath, command(way, large).slice(1), { encoding: 'utf8' }).stdout) as Told
    const [ours, bare] = [told('facts'), told('parse')]
    if (ours.count !== bare.count) throw new Error(`P9: ${ours.count} results are read where there are ${bare.count}.`)
    const beyond = ours.rss - (ours.kept ?? 0)
    return {
      lines: [
        {
          goal: 'P9',
          what: `results of a SARIF log of ${LARGE} MB, and its digest`,
          against: 'JSON.parse of its bytes',
          most: 2,
          ratio: compare(cpu('facts', large), cpu('parse', large), 9),
        },
        {
          goal: 'P9',
          what: `growth from ${SMALL} to ${LARGE} MB`,
          against: `the same at ${SMALL} MB`,
          most: 12,
          ratio: compare(cpu('facts', large), cpu('facts', small), 9),
        },
      ],
      remarks: [
        `P9: ${ours.count.toLocaleString('en-US')} results of ${LARGE} MB; at most ${ours.rss} MB held, ${beyond} MB beyond the ${ours.kept} MB of facts that are kept (allowed 110); JSON.parse holds ${bare.rss} MB.`,
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Writes a log of at least so many bytes, as a scanner with data flow writes it: places, a flow of steps, prints of each result. */
function writeLog(file: string, bytes: number): string {
  const out = openSync(file, 'w')
  const rules = Array.from({ length: RULES }, (_, index) => ({
    id: `js/rule-${index}`,
    shortDescription: { text: `Rule ${index}` },
    defaultConfiguration: { level: index % 3 === 0 ? 'error' : 'warning' },
    properties: { tags: ['security', `external/cwe/cwe-${100 + (index % 50)}`] },
  }))
  const head = { name: 'CodeQL', semanticVersion: '2.19.0', rules }
  let written = writeSync(out, `{"version":"2.1.0","runs":[{"tool":{"driver":${JSON.stringify(head)}},"results":[\n`)
  for (let index = 0; written < bytes; index++)
    written += writeSync(out, `${index === 0 ? '' : ',\n'}${JSON.stringify(resultAt(index))}`)
  writeSync(out, ']}]}\n')
  closeSync(out)
  return file
}

const RULES = 200

function resultAt(index: number): unknown {
  return {
    ruleId: `js/rule-${index % RULES}`,
    ruleIndex: index % RULES,
    message: { text: `The value of "input ${index}" reaches a place where it is run. ${'It comes from a request. '.repeat(4)}` },
    locations: [placeAt(index)],
    partialFingerprints: { primaryLocationLineHash: `${index.toString(16)}f00dfeed:1` },
    codeFlows: [
      {
        threadFlows: [
          {
            locations: [0, 1, 2, 3].map(step => ({
              location: { ...placeAt(index + step), message: { text: `step ${step} \\ "on"` } },
            })),
          },
        ],
      },
    ],
  }
}

function placeAt(index: number): Readonly<Record<string, unknown>> {
  return {
    physicalLocation: {
      artifactLocation: { uri: `src/part-${index % 500}/file-${index % 37}.ts`, uriBaseId: '%SRCROOT%' },
      region: {
        startLine: (index % 1000) + 1,
        startColumn: 3,
        endColumn: 20,
        snippet: { text: `const value = read(${index}) // ä` },
      },
    },
  }
}
