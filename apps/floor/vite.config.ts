import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Packages of this workspace are read from src, as everywhere but in production.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    // The content policy refuses scripts inside the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: 'index.html', serviceWorker: 'src/serviceWorker/serviceWorker.ts' },
      output: {
        // A service worker has one address for good, at the top of what it serves.
        entryFileNames: ({ name }) =>
          name === 'serviceWorker' ? 'serviceWorker.js' : 'assets/[name]-[hash].js',
      },
    },
  },
})
