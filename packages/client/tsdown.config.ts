import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts', 'contract/index': 'src/contract/index.ts' },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  // superjson exists as an ES module only: inside, it serves CommonJS users too.
  deps: { onlyBundle: ['superjson', 'copy-anything', 'is-what'] },
})
