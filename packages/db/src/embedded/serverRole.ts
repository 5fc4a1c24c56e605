import { createHash } from 'node:crypto'
import pg from 'pg'

/** The role that runs the server. It owns nothing: migrations grant it what it needs. */
const serverRoleName = 'stockbook_server'

/** Makes the role, or gives it the password that follows from the owner's, whose URL this is. */
export async function makeServerRole(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const found = await client.query('select from pg_roles where rolname = $1', [serverRoleName])
    if (found.rowCount === 0) await client.query(`create role ${serverRoleName}`)
    const password = client.escapeLiteral(passwordOf(ownerUrl))
    await client.query(`alter role ${serverRoleName} login password ${password}`)
  } finally {
    await client.end()
  }
}

/** The same database, signed in as the role that runs the server. */
export function asServerRole(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.username = serverRoleName
  url.password = passwordOf(ownerUrl)
  return url.href
}

/** Known to whoever knows the owner's; tells nothing of it. */
function passwordOf(ownerUrl: string): string {
  const { password } = new URL(ownerUrl)
  return createHash('sha256').update(`${serverRoleName} ${password}`).digest('base64url')
}
