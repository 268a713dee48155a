/** Numbers straight from the text of a fuzzer_stats file, written without a look at the reader. */
export function fuzzCounts(text: string): Readonly<Record<string, number>> {
  const number = (...names: readonly string[]) => Number(new RegExp(`^(?:${names.join('|')}) +: (\\d+)$`, 'm').exec(text)?.[1])
  return {
    executions: number('execs_done'),
    seconds: number('run_time'),
    edges: number('edges_found'),
    crashes: number('saved_crashes', 'unique_crashes'),
    hangs: number('saved_hangs', 'unique_hangs'),
  }
}

export const folders: readonly string[] = ['fuzz']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  fuzz: text => fuzzCounts(text).executions ?? Number.NaN,
}
