import type { BarcodeDetector as Reader, BarcodeFormat } from 'barcode-detector/ponyfill'

const formats: BarcodeFormat[] = [
  'ean_13',
  'ean_8',
  'upc_a',
  'upc_e',
  'itf',
  'code_128',
  'code_39',
  'data_matrix',
  'qr_code',
]

/**
 * The browser's own reader of codes where it knows these formats, else one that comes with the page.
 * Rejects when that cannot be loaded.
 */
export async function createReader(): Promise<Pick<Reader, 'detect'>> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: typeof Reader }
  const known = new Set<string>(await Own?.getSupportedFormats().catch(() => []))
  if (Own !== undefined && formats.every((format) => known.has(format))) {
    return new Own({ formats })
  }
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // By itself it would get its machine code from another host.
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  return new BarcodeDetector({ formats })
}
