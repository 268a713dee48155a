/** Counts straight from the lines of a file, written without a look at the reader. */
function hclCounts(text: string): Readonly<Record<string, number>> {
  const lines = (pattern: RegExp) => text.split('\n').filter(line => pattern.test(line)).length
  return {
    elements: lines(/^\s*(process|data_store|external_element) "/),
    dataStores: lines(/^\s*data_store "/),
    externalEntities: lines(/^\s*external_element "/),
    flows: lines(/^\s*flow "/),
    boundaries: lines(/^\s*trust_zone "/),
    dataAssets: lines(/^\s*information_asset "/),
    threats: lines(/^\s*threat "/),
    mitigations: lines(/^\s*(expanded_|proposed_)?control /),
    diagrams: lines(/^\s*data_flow_diagram/),
    acceptances: 0,
  }
}

type Json = { readonly [key: string]: Json } & readonly Json[]

function jsonCounts(file: unknown): Readonly<Record<string, number>> {
  const models = Object.values((file as Json).threatmodel ?? {})
  const inAll = (key: string) => models.flatMap(model => Object.values(model[key] ?? {}))
  const controls = inAll('threat').flatMap(threat => [...(threat.expanded_control ?? [])].flatMap(one => Object.keys(one)))
  return {
    elements: 0,
    flows: 0,
    dataAssets: inAll('information_asset').length,
    threats: inAll('threat').length,
    mitigations: controls.length,
    diagrams: 0,
  }
}

/** For the table over the whole corpus. */
export const counts = {
  threatcl: (text: string) => (text.trimStart().startsWith('{') ? jsonCounts(JSON.parse(text)) : hclCounts(text)),
}
