const quoted = String.raw`((?:"[^"]+"\.)?"[^"]+")`

const losing: { pattern: RegExp; tell: (match: RegExpExecArray) => string }[] = [
  {
    pattern: new RegExp(String.raw`^drop table (?:if exists )?${quoted}`, 'i'),
    tell: ([, table]) => `every row of ${bare(table)}`,
  },
  {
    pattern: new RegExp(
      String.raw`^alter table ${quoted} drop column (?:if exists )?("[^"]+")`,
      'i',
    ),
    tell: ([, table, column]) => `${bare(table)}.${bare(column)} of every row`,
  },
  {
    pattern: new RegExp(
      String.raw`^alter table ${quoted} alter column ("[^"]+") set data type (?!text\b)([^;]+)`,
      'i',
    ),
    tell: ([, table, column, type]) =>
      `what of ${bare(table)}.${bare(column)} does not fit into ${type?.replace(/\s+using[\s\S]*$/i, '').trim()}`,
  },
  {
    pattern: /^truncate (?:table )?(?:only )?("?[\w".]+)/i,
    tell: ([, table]) => `every row of ${bare(table)}`,
  },
  {
    pattern: /^delete from ("?[\w".]+)"?\s*;?$/i,
    tell: ([, table]) => `every row of ${bare(table)}`,
  },
]

/** What the statements lose of the data, in words. Sees only the statements that say so themselves. */
export function dataLosses(statements: string[]): string[] {
  return statements.flatMap((statement) =>
    losing.flatMap(({ pattern, tell }) => {
      const match = pattern.exec(statement.trim())
      return match ? [tell(match)] : []
    }),
  )
}

const bare = (name = '') => name.replaceAll('"', '')
