import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { electron: new URL('./test/support/electron-stub.ts', import.meta.url).pathname } },
  test: { include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/journeys/**', '**/node_modules/**'], pool: 'threads' },
})
