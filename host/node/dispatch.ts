import { type Result, refuse } from '../../core/support/result.ts'
import { hostCalls } from '../../schemas/generated/accept-calls.js'
import type { CallName, Handlers } from '../contract.ts'

/** What a call that broke is told to: a bug, to be written where its maker looks. */
export type Report = (call: string, error: unknown) => void

const toStderr: Report = (call, error) => console.error(`${call}:`, error)

/** Performs a call that came over a transport: checked by its schema, and answered whatever happens. */
export async function dispatch(
  handlers: Handlers,
  { name, input }: { readonly name: unknown; readonly input: unknown },
  report: Report = toStderr,
): Promise<Result<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(handlers, name)) return unknownCall(name)
  if (!hostCalls({ [name]: input })) return wrongInput(name, input)
  const handle = handlers[name as CallName] as (input: unknown) => Promise<Result<unknown>>
  try {
    return await handle(input)
  } catch (error) {
    report(name, error)
    return refuse({
      code: 'host.unexpected',
      at: name,
      message: 'The host failed at this; it is a fault of Skeptic.',
      cure: 'Try again. The terminal that runs Skeptic says more.',
    })
  }
}

function unknownCall(name: unknown): Result<never> {
  return refuse({
    code: 'host.unknownCall',
    message: `The host knows no call ${JSON.stringify(String(name).slice(0, 100))}.`,
    cure: 'Load the window again: it may be older than the host.',
  })
}

async function wrongInput(name: string, input: unknown): Promise<Result<never>> {
  const [explain, validate] = await Promise.all([
    import('../../core/model/explain.ts'),
    import('../../schemas/generated/validate-calls.js'),
  ])
  validate.hostCalls({ [name]: input })
  const { at, message } = explain.explainErrors(validate.hostCalls.errors ?? [])
  return refuse({ code: 'host.input', at, message, cure: 'Load the window again: it may be older than the host.' })
}
