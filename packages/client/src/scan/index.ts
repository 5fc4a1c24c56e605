export type { ScanElement } from './elements.ts'
export { hasCheckDigit, hasGtinLength, toGtin14 } from './gtin.ts'
export {
  type Gs1Scan,
  type ParsedScan,
  type ParseScanOptions,
  parseScan,
  type PlainScan,
} from './parseScan.ts'
export { ScanError, type ScanErrorCode } from './ScanError.ts'
