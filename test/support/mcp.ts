import { type ChildProcess, spawn } from 'node:child_process'
import { Client as LatestClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as LatestTransport } from '@modelcontextprotocol/client/stdio'
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as EarlierTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { onTestFinished } from 'vitest'
import { program } from './served-workbench.ts'

/** Which client library, and which line of the protocol it settles on. */
export const CLIENTS = ['2026-07-28', 'latest library, earlier protocol', 'earlier library'] as const
export type ClientKind = (typeof CLIENTS)[number]

export type ToolAnswer = {
  readonly isError: boolean
  readonly text: string
  readonly data: Readonly<Record<string, unknown>>
}

type Asked = {
  readonly signal?: AbortSignal
  readonly onprogress?: (progress: { readonly progress: number; readonly total?: number | undefined }) => void
}

/** A real client, in the words both libraries share. */
export type Connected = {
  readonly client: EarlierClient | LatestClient
  readonly call: (name: string, input?: Readonly<Record<string, unknown>>, asked?: Asked) => Promise<ToolAnswer>
  /** What did not hold on the wire, as a line on stdout that is no message. */
  readonly faults: readonly Error[]
  readonly close: () => Promise<void>
}

const ENV = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', SKEPTIC_USER: 'architect' }
const NAMED = { name: 'test-agent', version: '9.8.7' }

/** Starts the built server in a folder and connects to it; gone when the test is. */
export async function connectMcp(kind: ClientKind, cwd: string, args: readonly string[] = []): Promise<Connected> {
  const server = { command: process.execPath, args: [program, 'mcp', ...args], cwd, env: ENV, stderr: 'ignore' as const }
  const faults: Error[] = []
  const made = kind === 'earlier library' ? await earlier(server) : await latest(server, kind)
  made.client.onerror = error => void faults.push(error)
  onTestFinished(() => made.client.close())
  return { ...made, faults, close: () => made.client.close() }
}

type ServerProgram = ConstructorParameters<typeof LatestTransport>[0]

async function latest(server: ServerProgram, kind: ClientKind) {
  const mode = kind === '2026-07-28' ? { pin: '2026-07-28' } : ('legacy' as const)
  const client = new LatestClient(NAMED, { versionNegotiation: { mode } })
  await client.connect(new LatestTransport(server))
  await client.listTools()
  const call: Connected['call'] = async (name, input = {}, asked = {}) =>
    answerOf(await client.callTool({ name, arguments: { ...input } }, asked))
  return { client, call }
}

async function earlier(server: ServerProgram) {
  const client = new EarlierClient(NAMED)
  await client.connect(new EarlierTransport(server as ConstructorParameters<typeof EarlierTransport>[0]))
  await client.listTools()
  const call: Connected['call'] = async (name, input = {}, asked = {}) =>
    answerOf(await client.callTool({ name, arguments: { ...input } }, undefined, asked))
  return { client, call }
}

function answerOf(result: object): ToolAnswer {
  const { isError, content, structuredContent } = result as {
    readonly isError?: boolean
    readonly content: readonly { readonly text?: string }[]
    readonly structuredContent?: Readonly<Record<string, unknown>>
  }
  return { isError: isError === true, text: content.map(({ text = '' }) => text).join('\n'), data: structuredContent ?? {} }
}

export type RawServer = {
  readonly child: ChildProcess
  /** Sends one line as it stands. */
  readonly send: (line: string) => void
  /** Resolves with the answer to the request of this id. */
  readonly answer: (id: number) => Promise<Readonly<Record<string, unknown>>>
  /** Closes stdin; resolves with the exit code, and everything that stood on stdout. */
  readonly end: () => Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** The built server without any client library, to see each byte. */
export function rawMcp(cwd: string, args: readonly string[] = []): RawServer {
  const child = spawn(process.execPath, [program, 'mcp', ...args], { cwd, env: ENV, stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString()
    for (const look of waiting) look()
  })
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString()
  })
  const ended = new Promise<number | null>(done => child.on('close', code => done(code)))
  onTestFinished(() => void child.kill())
  return {
    child,
    send: line => void child.stdin.write(`${line}\n`),
    answer: id =>
      new Promise((done, fail) => {
        const look = () => {
          const found = messagesIn(out).find(message => message.id === id)
          if (found) done(found)
        }
        waiting.add(look)
        ended.then(() => fail(new Error(`it ended without an answer to ${id}: ${err}`)))
        look()
      }),
    end: async () => {
      child.stdin.end()
      return { code: await ended, out, err }
    },
  }
}

/** Every line of stdout as a message; a line that is none throws. The last line may still be on its way. */
export function messagesIn(out: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = out.split('\n').slice(0, -1)
  return lines.map(line => JSON.parse(line) as Readonly<Record<string, unknown>>)
}
