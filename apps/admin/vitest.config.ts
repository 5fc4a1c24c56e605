import { defineConfig } from 'vitest/config'
import { testSettings } from '../../vitest.shared.ts'

const settings = testSettings()

export default defineConfig({
  ...settings,
  test: {
    ...settings.test,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // Packages of the panel that import folders and JSON as only bundlers can.
    server: { deps: { inline: [/react-admin/, /ra-/, /@mui/] } },
  },
})
