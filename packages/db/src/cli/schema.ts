import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Option } from 'commander'
import { tsImport } from 'tsx/esm/api'
import { MigrationError } from '../migrate/errors.ts'

/** The project's own models. The same file from `src` and from `dist`. */
const models = fileURLToPath(new URL('../../src/schema/index.ts', import.meta.url))

export const schemaOption = () =>
  new Option('--schema <file>', 'the file that exports the models')
    .default(models, 'packages/db/src/schema/index.ts')
    .argParser((file) => resolve(file))

/** The models that a file exports. @throws {MigrationError} `wrong_usage` when it cannot be loaded. */
export async function loadSchema(file: string): Promise<Record<string, unknown>> {
  try {
    return await tsImport(pathToFileURL(file).href, import.meta.url)
  } catch (cause) {
    throw new MigrationError(
      'wrong_usage',
      `The models in ${file} cannot be loaded: ${String(cause)}`,
      { cause },
    )
  }
}
