import { type Migration, withAncestors } from '../folder/folder.ts'
import { withoutComments } from '../folder/sqlFile.ts'

const serverGrants = 'grant_to_server'
const definesGrants = new RegExp(
  String.raw`create\s+(?:or\s+replace\s+)?function\s+(?:"?\w+"?\.)?"?${serverGrants}"?\s*\(`,
  'i',
)
const callsGrants = new RegExp(String.raw`(?:select|perform)\s+"?${serverGrants}"?\s*\(`, 'i')
// A temporary table is gone with its session, and a partition is reached through its parent.
const createTable =
  /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:(?:"[^"]+"|\w+)\.)?(?:"([^"]+)"|(\w+))(?!\w)(?!\s+partition\s+of\b)/gi

/** Whether the folder holds `grant_to_server`: then the server's role owns no table. */
export function hasServerRole(migrations: Migration[]): boolean {
  return migrations.some(({ up }) => definesGrants.test(sqlOf(up.statements)))
}

/**
 * The tables that a migration makes and that neither it nor one that builds on it grants to anybody.
 * Empty for what stands before the migration with `grant_to_server`: that one grants for all of them.
 */
export function tablesWithoutRights(migration: Migration, migrations: Migration[]): string[] {
  const before = withAncestors(migrations, migration.name)
  const ancestors = migrations.filter(({ name }) => name !== migration.name && before.has(name))
  if (!hasServerRole(ancestors)) return []
  const grants = migrations
    .filter(({ name }) => withAncestors(migrations, name).has(migration.name))
    .map(({ up }) => sqlOf(up.statements))
  if (grants.some((text) => callsGrants.test(text))) return []
  return tablesMadeBy(migration.up.statements.map(({ text }) => text)).filter(
    (table) => !grants.some((text) => isGranted(table, text)),
  )
}

/** The tables that statements make, in their order. */
export function tablesMadeBy(statements: string[]): string[] {
  const text = sqlOf(statements.map((statement) => ({ text: statement })))
  return [...text.matchAll(createTable)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

function isGranted(table: string, text: string): boolean {
  const named = new RegExp(String.raw`(?<![\w])"?${escaped(table)}"?(?![\w])`, 'i')
  return [...text.matchAll(/\bgrant\s[^;]*?\son\s([^;]*?)\sto\s/gi)].some(
    ([, target = '']) => named.test(target) || /\ball\s+tables\s+in\s+schema\b/i.test(target),
  )
}

const escaped = (text: string) => text.replace(/[$.*+?^(){}|[\]\\]/g, String.raw`\$&`)

const sqlOf = (statements: { text: string }[]) =>
  statements.map(({ text }) => withoutComments(text).replace(/--.*$/gm, '')).join(';\n')
