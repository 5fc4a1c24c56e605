import { defineConfig } from 'vitest/config'

// What a user installs: built, packed and unpacked again, so it takes a while.
export default defineConfig({
  test: {
    include: ['test/package/*.test.ts'],
    globalSetup: 'test/package/packTarball.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'test/package/test-report.json' },
  },
})
