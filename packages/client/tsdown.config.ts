import { join } from 'node:path'
import { defineConfig } from 'tsdown'
import { documentTypes } from './documentTypes.ts'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'contract/index': 'src/contract/index.ts',
    'scan/index': 'src/scan/index.ts',
    'outbox/index': 'src/outbox/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  hooks: {
    'build:done': ({ options, chunks }) =>
      documentTypes(
        join(options.cwd, 'src/contract/index.ts'),
        chunks
          .map(({ fileName }) => join(options.outDir, fileName))
          .filter((file) => /\.d\.c?ts$/.test(file)),
      ),
  },
  // superjson exists as an ES module only: inside, it serves CommonJS users too.
  deps: { onlyBundle: ['superjson', 'copy-anything', 'is-what'] },
})
