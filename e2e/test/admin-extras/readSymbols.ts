import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const decoder = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))

/** What a scanner that is held over a picture would send, sorted. */
export async function readSymbols(picture: Buffer): Promise<string[]> {
  prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(decoder)).buffer },
    fireImmediately: false,
  })
  const found = await readBarcodes(new Uint8Array(picture), { textMode: 'Plain', tryHarder: true })
  return found.map(({ format, text }) => `${format} ${text}`).toSorted()
}
