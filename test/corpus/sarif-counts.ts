/** Results of a SARIF log, counted by its plain shape: every member of a `results` list in a run, whatever is in it. */
export const folders: readonly string[] = ['sarif', 'fuzz']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  scan: text => {
    const { runs } = JSON.parse(text.replace(/^\uFEFF/, '')) as { runs: { results?: unknown[] }[] }
    return runs.reduce((sum, run) => sum + (run.results?.length ?? 0), 0)
  },
}
