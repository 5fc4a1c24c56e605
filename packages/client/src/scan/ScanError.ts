/** Says why a text that presents itself as GS1 data is none. Nothing of such a text is used. */
export class ScanError extends Error {
  override readonly name = 'ScanError'

  /** The application identifier at fault, for instance `01`. `null`: none could be read. */
  readonly ai: string | null

  /** Where in the scanned text, counted in characters from 0. */
  readonly position: number

  /** For a person, for instance `the check digit is wrong`. */
  readonly reason: string

  constructor(fault: { ai: string | null; position: number; reason: string }) {
    const where = fault.ai === null ? '' : `(${fault.ai}) `
    super(`${where}${fault.reason}, at character ${fault.position}`)
    this.ai = fault.ai
    this.position = fault.position
    this.reason = fault.reason
  }
}
