type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined
const known = new Set<string>()

/** A worker's address is a script sink: one named policy lets exactly the workers of this workbench through. */
export function trustedWorker(url: string): string {
  const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return url
  known.add(url)
  policy ??= types.createPolicy('skeptic-worker', {
    createScriptURL(asked) {
      if (!known.has(asked)) throw new TypeError(`Not a worker of this workbench: ${asked}`)
      return asked
    },
  })
  return policy.createScriptURL(url) as string
}
