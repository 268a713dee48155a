import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { withoutFixtures } from './setup/packs-plugin.mjs'

export default defineConfig({
  root: new URL('./renderer', import.meta.url).pathname,
  base: './',
  plugins: [react(), withoutFixtures()],
  json: { stringify: true },
  build: {
    outDir: new URL('./dist/renderer', import.meta.url).pathname,
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    cssTarget: 'chrome140',
    minify: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
})
