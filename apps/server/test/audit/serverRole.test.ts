import { databaseError } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  const { movements } = await mutationInputs(server)
  await server.admin.movements.post.mutate(movements.post)
  await server.admin.audit.verify.query()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** As the server itself comes: what PostgreSQL says of a statement. */
async function stateOf(statement: string): Promise<string> {
  try {
    await server.serverDb.execute(sql.raw(statement))
    return 'done'
  } catch (error) {
    return databaseError(error)?.code ?? 'no database error'
  }
}

test('the server comes as a role that owns nothing and has no power over others', async () => {
  const { rows } = await server.serverDb.execute<Record<string, unknown>>(sql`
    select current_user as name, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
      (select count(*)::int from pg_class where relowner = r.oid) as tables,
      (select count(*)::int from pg_proc where proowner = r.oid) as functions,
      (select count(*)::int from pg_auth_members where member = r.oid) as memberships
    from pg_roles r where rolname = current_user`)
  expect(rows).toEqual([
    {
      name: 'stockbook_server',
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      tables: 0,
      functions: 0,
      memberships: 0,
    },
  ])
})

const refused: [string, string, string?][] = [
  ['a row of the audit log is altered', `update audit_log set action = 'x'`],
  ['a row of the audit log is taken out', 'delete from audit_log'],
  ['the audit log is emptied', 'truncate audit_log cascade'],
  [
    'an id of the audit log is chosen',
    `insert into audit_log (id, action, entity, entity_id, request_id) overriding system value values (1, 'x', 'x', 'x', 'x')`,
    '23505',
  ],
  ['a link is altered', `update audit_chain set hash = ''`],
  ['a link is taken out', 'delete from audit_chain'],
  ['the chain is emptied', 'truncate audit_chain'],
  ['a link is added', `insert into audit_chain values (1000, 1, '')`],
  ['a level is altered', 'update stock_levels set on_hand = 1000', 'SB001'],
  ['a level is taken out', 'delete from stock_levels'],
  [
    'a level is added',
    'insert into stock_levels (product_id, location_id, on_hand) select product_id, location_id, 1 from stock_levels',
  ],
  ['the levels are emptied', 'truncate stock_levels'],
  ['a movement is altered', 'update stock_movements set quantity = 1'],
  ['a movement is taken out', 'delete from stock_movements'],
  ['the book is emptied', 'truncate stock_movements cascade'],
  ['a command is altered', `update commands set reference = 'x'`, 'SB001'],
  ['a command is taken out', 'delete from commands'],
  ['a user is taken out', 'delete from users'],
  ['a session is taken out', 'delete from sessions'],
  ['a key is taken out', 'delete from api_keys'],
  ['a product is taken out', 'delete from products'],
  ['a table is made', 'create table mine (id int)'],
  ['a function is made', 'create function mine() returns int language sql as $$ select 1 $$'],
  [
    'a function is replaced',
    `create or replace function refuse_change() returns trigger language plpgsql as $$ begin return null; end $$`,
  ],
  [
    'a trigger is made',
    'create trigger mine before insert on audit_log for each row execute function refuse_change()',
  ],
  ['a trigger is switched off', 'alter table audit_log disable trigger all'],
  ['a trigger is taken off', 'drop trigger audit_log_refuse_change on audit_log'],
  ['triggers are gone around', 'set session_replication_role = replica'],
  ['a column is dropped', 'alter table users drop column role'],
  ['a table is dropped', 'drop table audit_log'],
  ['a schema is made', 'create schema mine'],
  ['a role is made', 'create role mine'],
  ['a migration is forgotten', 'delete from migrations.applied'],
  ['passwords of the database are read', 'select rolpassword from pg_authid'],
  ['a file of the machine is read', `select pg_read_file('/etc/passwd')`],
  ['a file of the machine is copied', `copy users from '/etc/passwd'`],
  ['a program is run', `copy users to program 'true'`],
]

test.each(refused)(
  'as the server’s role it is refused that %s',
  async (_what, statement, state = '42501') => {
    const before = await databaseContents(server.db)
    expect(await stateOf(statement)).toBe(state)
    expect(await databaseContents(server.db)).toEqual(before)
  },
)

test('as the server’s role it cannot become the owner', async () => {
  const { rows } = await server.db.execute<{ owner: string }>(sql`select current_user as owner`)
  expect(await stateOf(`set role "${rows[0]!.owner}"`)).toBe('42501')
  expect(await stateOf(`set session authorization "${rows[0]!.owner}"`)).toBe('42501')
})

test('what it grants itself gives it nothing', async () => {
  const rights = async () =>
    (
      await server.db.execute<Record<string, unknown>>(sql`
        select table_name, privilege_type from information_schema.table_privileges
        where grantee = 'stockbook_server' order by 1, 2`)
    ).rows
  const before = await rights()
  // PostgreSQL warns here, and goes on.
  expect(await stateOf('grant all on audit_log to stockbook_server')).toBe('done')
  expect(await stateOf(`select grant_to_server('stockbook_server')`)).toBe('done')
  expect(await rights()).toEqual(before)
  expect(before.length).toBeGreaterThan(20)
})

test('what hides behind the names of tables does not change what the chain holds', async () => {
  // A temporary table is anybody's to make; the functions must look past it.
  await server.serverDb.transaction(async (tx) => {
    await tx.execute(
      sql`create temporary table audit_chain (position bigint, audit_id bigint, hash text) on commit drop`,
    )
    await tx.execute(sql`select audit_link(true)`)
    const { rows } = await tx.execute<{ position: string }>(sql`select * from pg_temp.audit_chain`)
    expect(rows).toEqual([])
  })
  expect(await server.admin.audit.verify.query()).toMatchObject({ ok: true })
})

test('the statements of this file are good: their owner may do them', async () => {
  await expect(
    server.db.transaction(async (tx) => {
      await tx.execute(sql`create table mine (id int)`)
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`update audit_log set action = 'x'`)
      await tx.execute(sql`delete from audit_chain`)
      tx.rollback()
    }),
  ).rejects.toThrow(/rollback/i)
})
