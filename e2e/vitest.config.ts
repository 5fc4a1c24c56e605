import { defineConfig } from 'vitest/config'
import { testSettings } from '../vitest.shared.ts'

const settings = testSettings({ database: true })

export default defineConfig({
  ...settings,
  // Browser, server and database already share the processors.
  test: { ...settings.test, fileParallelism: false },
})
