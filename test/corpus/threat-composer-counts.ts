/** Counts straight from the JSON of a Threat Composer file, written without a look at the reader. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

/** For the table over the whole corpus. */
export const counts = {
  'threat-composer': (text: string): Readonly<Record<string, number>> => {
    const root = JSON.parse(text) as Json
    const kept = [...(root.mitigations ?? [])].filter(({ status }) => String(status) !== 'mitigationResolvedWillNotAction')
    return { threats: root.threats?.length ?? 0, mitigations: kept.length, elements: 0, flows: 0, boundaries: 0, diagrams: 0 }
  },
}
