/**
 * What is wrong with GS1 data.
 * `NO_DATA`: it ends where its data should begin.
 * `IDENTIFIER_UNKNOWN`: no application identifier stands where one must.
 * `LENGTH_WRONG`: a value is shorter or longer than its identifier allows, or is cut off.
 * `CHARACTER_WRONG`: a value has a character that its identifier does not allow.
 * `CHECK_DIGIT_WRONG`: a digit was misread or mistyped.
 * `DATE_WRONG`: no day of the calendar, or no time of the day.
 * `CONTRADICTION`: an identifier stands there twice with different data.
 * `COMBINATION_WRONG`: an identifier lacks another that it needs, or has one beside it that it forbids.
 * `ADDRESS_WRONG`: an address presents itself as a GS1 Digital Link and is not built as one.
 */
export type ScanErrorCode =
  | 'NO_DATA'
  | 'IDENTIFIER_UNKNOWN'
  | 'LENGTH_WRONG'
  | 'CHARACTER_WRONG'
  | 'CHECK_DIGIT_WRONG'
  | 'DATE_WRONG'
  | 'CONTRADICTION'
  | 'COMBINATION_WRONG'
  | 'ADDRESS_WRONG'

/** Says why a text that presents itself as GS1 data is none. Nothing of such a text is used. */
export class ScanError extends Error {
  override readonly name = 'ScanError'

  /** Stable across versions: branch on this, never on the reason. */
  readonly code: ScanErrorCode

  /** The application identifier at fault, for instance `01`. `null`: none could be read. */
  readonly ai: string | null

  /** Where in the scanned text, counted in characters from 0. */
  readonly position: number

  /** For a person, for instance `the check digit is wrong`. */
  readonly reason: string

  constructor(fault: {
    code: ScanErrorCode
    ai: string | null
    position: number
    reason: string
  }) {
    const where = fault.ai === null ? '' : `(${fault.ai}) `
    super(`${where}${fault.reason}, at character ${fault.position}`)
    this.code = fault.code
    this.ai = fault.ai
    this.position = fault.position
    this.reason = fault.reason
  }
}
