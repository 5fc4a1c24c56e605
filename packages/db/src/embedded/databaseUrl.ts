import pg from 'pg'

const schemes = ['postgresql', 'postgres', 'postgresql+asyncpg', 'postgresql+psycopg']

/**
 * A database's URL as `pg` takes it, from any spelling that is in use: `postgresql://`,
 * `postgres://`, and SQLAlchemy's `postgresql+asyncpg://` and `postgresql+psycopg://`.
 * @param name the setting that it is of, for the error
 * @throws when it is none of them, without showing the text, which may hold a password
 */
export function normaliseDatabaseUrl(text: string, name = 'DATABASE_URL'): string {
  const [, scheme = '', rest = ''] = /^([a-z0-9+.-]+):\/\/(.*)$/is.exec(text.trim()) ?? []
  if (!schemes.includes(scheme.toLowerCase())) {
    const found = scheme ? `it begins with ${scheme}://` : 'it has no scheme'
    throw new Error(
      `${name} must be like postgresql://user:password@host:5432/database, but ${found}.`,
    )
  }
  const url = `postgresql://${scheme.toLowerCase().endsWith('asyncpg') ? withSslMode(rest) : rest}`
  try {
    new pg.Client({ connectionString: url })
  } catch {
    throw new Error(
      `${name} cannot be read. Special characters in the password must be percent-encoded: @ is %40, / is %2F, # is %23, % is %25.`,
    )
  }
  return url
}

/** asyncpg calls `ssl` what PostgreSQL's own URLs call `sslmode`. */
function withSslMode(rest: string): string {
  return rest.replace(/([?&])ssl=/g, '$1sslmode=')
}
