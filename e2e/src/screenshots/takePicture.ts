import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where the documents look for their pictures. */
export const imageFolder = join(import.meta.dirname, '../../../docs/images')

/** Whoever opens README loads several of them. */
const mostBytes = 200_000

/**
 * Writes what the window shows as a PNG file, once nothing in it is being loaded.
 * @param name of the file, without its ending
 * @throws Error when the file is too large to be put into a document
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForFunction(
    (loading) => document.querySelector(loading) === null,
    '.MuiSkeleton-root, .MuiCircularProgress-root, .MuiLinearProgress-indeterminate',
  )
  const path = join(imageFolder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const { length } = await readFile(path)
  if (length > mostBytes)
    throw new Error(`${name}.png has ${length} bytes: ${mostBytes} are allowed`)
  process.stdout.write(`${name}.png ${Math.round(length / 1024)} KB\n`)
}
