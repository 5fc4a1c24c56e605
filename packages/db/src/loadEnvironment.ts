import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The top folder of the checkout: where `.env`, `ssl/` and `.stockbook/` stand. */
export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url))

/** Reads `.env` of the project into `process.env`; what is set there already wins. */
export function loadEnvironment(): void {
  const file = `${projectFolder}.env`
  if (existsSync(file)) process.loadEnvFile(file)
}
