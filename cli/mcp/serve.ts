import { Console } from 'node:console'
import { setImmediate as turn } from 'node:timers/promises'
import {
  CLIENT_INFO_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { shown } from '../../core/evidence/show.ts'
import type { Refusal } from '../../core/support/result.ts'
import type { World } from '../frame.ts'
import { completions, listResources, PROMPTS, promptText, readResource, TEMPLATES } from './comforts.ts'
import { designReader } from './reading.ts'
import { ABOUT, saidProblems } from './said.ts'
import { callTool, isToolName, toolList } from './tools.ts'
import { type Client, Stopped, type Visit } from './visit.ts'

/** Bytes of one message: a report of a million characters fits, even escaped. */
const MESSAGE_LIMIT = 8 * 1024 * 1024

/** Answers on stdio until the other side closes it or the person stops it; what was begun to be written is finished first. */
export async function serveMcp(world: World, now: () => string): Promise<void> {
  // stdout belongs to the protocol: whatever some library has to say goes where people look.
  globalThis.console = new Console(process.stderr, process.stderr)
  const shared = { world, now, read: designReader(world), alone: oneAfterTheOther() }
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: MESSAGE_LIMIT })
  const handle = serveStdio(() => serverFor(shared), {
    transport,
    onerror: error => world.say(`mcp: ${shown(error.message, 300)}`),
  })
  await Promise.race([closed(transport), world.stopped()])
  await handle.close()
  await shared.alone(async () => {})
  process.stdin.destroy()
}

/** Resolves when the line is closed by either side; keeps what the library wants to do then. */
function closed(transport: StdioServerTransport): Promise<void> {
  const before = transport.onclose
  return new Promise(done => {
    transport.onclose = () => {
      before?.()
      done()
    }
  })
}

function oneAfterTheOther(): Visit['alone'] {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}

type Shared = { readonly world: World; readonly now: () => string } & Pick<Visit, 'read' | 'alone'>

function serverFor(shared: Shared): Server {
  const { world } = shared
  const server = new Server(
    { name: 'skeptic', title: 'Skeptic', version: world.version },
    {
      capabilities: { tools: {}, prompts: {}, resources: {}, completions: {} },
      instructions: `The threat model behind this code. Begin with list_work_items; get_guarded_prompt gives the task, get_checklist what it will be judged by. ${ABOUT}`,
    },
  )
  const visitOf = (ctx: ServerContext): Visit => ({
    read: shared.read,
    alone: shared.alone,
    now: shared.now,
    by: world.by,
    client: clientOf(saidWith(ctx) ?? server.getClientVersion()),
    step: (done, total, message) => step(ctx, { done, total, message }),
  })
  const said = (refusal: Refusal) => saidProblems(refusal.problems, foldersOf(world))

  server.setRequestHandler('tools/list', () => ({ tools: toolList() }))
  server.setRequestHandler('tools/call', async ({ params: { name, arguments: input } }, ctx) => {
    if (!isToolName(name)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool "${shown(name, 60)}".`)
    const answered = await guarded(world, () => callTool(visitOf(ctx), name, input ?? {}))
    if (!answered.ok) return { isError: true, content: [{ type: 'text', text: said(answered) }] }
    // Clients that read no structured content get the same as text; of a prompt, the prompt itself.
    const { value } = answered
    const text = 'parts' in value ? value.text : JSON.stringify(value)
    return { content: [{ type: 'text', text }], structuredContent: value }
  })

  server.setRequestHandler('prompts/list', () => ({ prompts: PROMPTS }))
  server.setRequestHandler('prompts/get', async ({ params: { name, arguments: input } }, ctx) => {
    const text = await guarded(world, () => promptText(visitOf(ctx), name, input ?? {}))
    if (!text) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt "${shown(name, 60)}".`)
    if (!text.ok) throw new ProtocolError(ProtocolErrorCode.InvalidParams, said(text))
    return { messages: [{ role: 'user', content: { type: 'text', text: text.value } }] }
  })

  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: TEMPLATES }))
  server.setRequestHandler('resources/list', async ({ params }, ctx) => {
    const from = params?.cursor ?? '0'
    if (!/^\d{1,7}$/.test(from)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'This cursor is none of ours.')
    const listed = await guarded(world, () => listResources(visitOf(ctx), Number(from)))
    if (!listed.ok) throw new ProtocolError(ProtocolErrorCode.InvalidParams, said(listed))
    const { resources, next } = listed.value
    return { resources, ...(next === undefined ? {} : { nextCursor: String(next) }) }
  })
  server.setRequestHandler('resources/read', async ({ params: { uri } }, ctx) => {
    const read = await guarded(world, () => readResource(visitOf(ctx), uri))
    if (!read) throw new ResourceNotFoundError(shown(uri, 200))
    if (!read.ok) throw new ProtocolError(ProtocolErrorCode.InvalidParams, said(read))
    return { contents: [{ uri, ...read.value }] }
  })

  server.setRequestHandler('completion/complete', async ({ params: { argument } }, ctx) => ({
    completion: argument.name === 'workItem' ? await completions(visitOf(ctx), argument.value.slice(0, 20)) : { values: [] },
  }))
  return server
}

/** A fault of ours reaches the client as a fault, without what it was about; the terminal hears more. */
async function guarded<T>(world: World, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Stopped) throw error
    world.say(`mcp: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    throw new ProtocolError(ProtocolErrorCode.InternalError, 'Skeptic has a fault at this. Its log says more.')
  }
}

/** What the client says it is, in this request or when it connected, as far as it may stand in the ledger. */
function clientOf(told: { readonly name?: unknown; readonly version?: unknown } | undefined): Client {
  const tidy = (text: unknown) => (typeof text === 'string' && text.trim() !== '' ? shown(text.trim(), 60) : 'unknown')
  return { name: tidy(told?.name), version: tidy(told?.version) }
}

/** The newest line of the protocol has no greeting: who asks says so with every request. */
function saidWith({ mcpReq }: ServerContext): object | undefined {
  const told = (mcpReq.envelope as Readonly<Record<string, unknown>> | undefined)?.[CLIENT_INFO_META_KEY]
  return typeof told === 'object' && told !== null ? told : undefined
}

/** Gives the reader of stdin a turn, so that a cancellation can arrive; then tells how far it is, if anybody asked. */
async function step(
  { mcpReq }: ServerContext,
  { done, total, message }: { readonly done: number; readonly total: number; readonly message: string },
): Promise<void> {
  await turn()
  if (mcpReq.signal.aborted) throw new Stopped()
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return
  await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: done, total, message } })
}

function foldersOf({ cwd, design }: World): readonly string[] {
  return [...(design === undefined ? [] : [design]), cwd].sort((a, b) => b.length - a.length)
}
