import { bareStatements } from '../folder/bareStatements.ts'
import type { Migration } from '../folder/folder.ts'

// Of these only the shape matters, and the catalogs tell whether it came back. Every other statement may
// change rows: named are the harmless ones, for nobody can name all the others.
const shapeOnly =
  /^(create\s|alter\s|comment\s+on\s|grant\s|revoke\s|set\s|drop\s+(index|trigger|policy|function|view)\s|select\s+grant_to_server\s*\()/i
// A cascade may take columns of other tables along; a conversion may make anything of a value.
const dropsOrConverts = /\bdrop\b[\s\S]*\bcascade\b|\btype\b[\s\S]*\busing\b/i

/** Whether the way up or down of a migration may change rows that it did not make itself. */
export function mayChangeRows({ up, down, data }: Migration): boolean {
  if (data !== null) return true
  return texts(up).some((text) => !isShapeOnly(text)) || texts(down).some(changesRowsDown)
}

const texts = (file: Migration['down']) =>
  (file?.statements ?? []).flatMap(({ text }) => bareStatements(text)).map(({ text }) => text)

const isShapeOnly = (text: string) =>
  shapeOnly.test(text) && (/^create\s/i.test(text) || !dropsOrConverts.test(text))

// A down drops what its up made; that it drops nothing else is for the catalogs to tell.
const changesRowsDown = (text: string) => !/^drop\s/i.test(text) && !isShapeOnly(text)
