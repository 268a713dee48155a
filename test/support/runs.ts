/** How often a random test runs: a small, seeded share every day, all of it in the nightly run (`npm run nightly`). */
export function runs(daily: number, nightly: number): number {
  return process.env.SKEPTIC_NIGHTLY ? nightly : daily
}
