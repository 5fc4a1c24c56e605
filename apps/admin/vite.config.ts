import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  // Packages of this workspace are read from src, as everywhere but in production.
  resolve: {
    conditions: ['source', 'module', 'browser', 'development|production'],
    alias: [
      {
        find: /^fflate$/,
        replacement: fileURLToPath(new URL('src/export/zipInPlace.ts', import.meta.url)),
      },
      {
        find: /^jsonexport\/dist\/index\.js$/,
        replacement: fileURLToPath(new URL('src/export/noExporterOfLists.ts', import.meta.url)),
      },
      {
        find: /^object\.entries$/,
        replacement: fileURLToPath(new URL('src/messages/objectEntries.cjs', import.meta.url)),
      },
      {
        find: /^react-hotkeys-hook$/,
        replacement: fileURLToPath(new URL('src/layout/noShortcuts.ts', import.meta.url)),
      },
      {
        find: /^diacritic$/,
        replacement: fileURLToPath(new URL('src/pages/withoutAccents.ts', import.meta.url)),
      },
    ],
  },
  build: {
    // The content policy refuses scripts and styles inside the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
})
