import { fileURLToPath } from 'node:url'

/** What the test runs of all packages have in common. Use: `defineConfig(testSettings())`. */
export function testSettings({ database = false }: { database?: boolean } = {}) {
  return {
    // Packages of this workspace are read from src: no build is needed, none can be out of date.
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      reporters: ['default', 'json'],
      outputFile: { json: 'test-report.json' },
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Several test runs share a machine: this one must not take every processor.
      maxWorkers: 2,
      ...(database && { globalSetup }),
    },
  }
}

// Not `import`: vitest hands these to Node, where `require` would then get ES modules (pg breaks).
const conditions = ['source', 'module', 'node', 'development|production']

const globalSetup = fileURLToPath(
  new URL('packages/db/src/testing/globalSetup.ts', import.meta.url),
)
