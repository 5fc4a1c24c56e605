import { defineConfig } from 'vitest/config'
import { testSettings } from '../../vitest.shared.ts'

const settings = testSettings()

export default defineConfig({
  ...settings,
  test: {
    ...settings.test,
    // What stands deeper tests the packed package, and has a configuration of its own.
    include: ['src/**/*.test.ts', 'test/*.test.ts'],
    typecheck: { enabled: true, include: ['test/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  },
})
