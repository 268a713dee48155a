import { defineConfig } from 'vitest/config'

const shared = {
  resolve: { alias: { electron: new URL('./test/support/electron-stub.ts', import.meta.url).pathname } },
}

/** Suites that run the built program; everything else needs no build. */
const BUILT = ['test/cli/**/*.test.ts', 'test/electron/import-apart.test.ts']

export default defineConfig({
  test: {
    // Both cores: the default leaves one idle.
    maxWorkers: '100%',
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...BUILT, 'test/journeys/**'],
          pool: 'threads',
          setupFiles: ['test/support/seeds.ts'],
        },
      },
      { ...shared, test: { name: 'built', include: BUILT, pool: 'threads' } },
    ],
  },
})
