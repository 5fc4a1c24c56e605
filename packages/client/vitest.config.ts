import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'import', 'default'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/*.test.ts'],
    typecheck: { enabled: true, include: ['test/*.test-d.ts'], tsconfig: 'tsconfig.json' },
    reporters: ['default', 'json'],
    outputFile: { json: 'test-report.json' },
  },
})
