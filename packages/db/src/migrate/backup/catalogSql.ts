import { MigrationError } from '../errors.ts'
import type { Queryable } from '../run/journal.ts'

/** How to make a schema again: what must be there before the rows, and what is cheaper or safer after. */
export type CatalogSql = {
  before: string[]
  after: string[]
  tables: { table: string; columns: string }[]
}

// The same namespaces as the models, and the runner's own: a backup holds its books too.
const common = `
with namespaces as (
  select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
),
brought as (select classid, objid from pg_depend where deptype = 'e'),
relations as (
  select c.*, format('%I.%I', n.nspname, c.relname) as path
  from pg_class c join namespaces n on n.oid = c.relnamespace
  where not exists (select from brought where classid = 'pg_class'::regclass and objid = c.oid)
)`

const beforeRows = `${common}
select line from (
  select 1 as step, format('create schema if not exists %I', nspname) as line from namespaces
  union all
  select 2, format('create extension if not exists %I with schema %I', e.extname, n.nspname)
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'
  union all
  select 3, format('create type %I.%I as enum (%s)', n.nspname, t.typname,
    (select coalesce(string_agg(quote_literal(enumlabel), ', ' order by enumsortorder), '') from pg_enum where enumtypid = t.oid))
  from pg_type t join namespaces n on n.oid = t.typnamespace where t.typtype = 'e'
  union all
  -- An identity makes its sequence itself.
  select 4, format('create sequence %s as %s start %s increment %s minvalue %s maxvalue %s cache %s %s', r.path,
    format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
    case when s.seqcycle then 'cycle' else '' end)
  from pg_sequence s join relations r on r.oid = s.seqrelid
  where not exists (select from pg_depend d where d.objid = r.oid and d.classid = 'pg_class'::regclass and d.deptype = 'i')
  union all
  select 5, pg_get_functiondef(p.oid)
  from pg_proc p join namespaces n on n.oid = p.pronamespace
  where p.prokind in ('f', 'p')
    and not exists (select from brought where classid = 'pg_proc'::regclass and objid = p.oid)
  union all
  select 6, format(E'create %s table %s (%s)%s',
    case r.relpersistence when 'u' then 'unlogged' else '' end, r.path,
    (select coalesce(string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attcollation not in (0, t.typcollation)
        then (select format(' collate %I.%I', cn.nspname, co.collname) from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation)
        else '' end,
      case
        when a.attidentity <> '' then (
          select format(' generated %s as identity (sequence name %s start %s increment %s minvalue %s maxvalue %s cache %s %s)',
            case a.attidentity when 'a' then 'always' else 'by default' end, sr.path,
            s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, case when s.seqcycle then 'cycle' else '' end)
          from pg_sequence s join relations sr on sr.oid = s.seqrelid
          join pg_depend dep on dep.objid = s.seqrelid and dep.deptype = 'i'
          where dep.refobjid = r.oid and dep.refobjsubid = a.attnum)
        when a.attgenerated <> '' then format(' generated always as (%s) %s', pg_get_expr(d.adbin, d.adrelid),
          case a.attgenerated when 's' then 'stored' else 'virtual' end)
        when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
        else '' end,
      case when a.attnotnull then ' not null' else '' end), ', ' order by a.attnum), '')
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped),
    coalesce(' with (' || array_to_string(r.reloptions, ', ') || ')', ''))
  from relations r where r.relkind = 'r'
) as lines order by step, line collate "C"`

const afterRows = `${common}
select line from (
  select case c.contype when 'f' then 3 when 'c' then 2 else 1 end as step,
    format('alter table %s add constraint %I %s', r.path, c.conname, pg_get_constraintdef(c.oid)) as line
  from pg_constraint c join relations r on r.oid = c.conrelid where c.contype in ('p', 'u', 'x', 'c', 'f')
  union all
  select 4, pg_get_indexdef(i.indexrelid)
  from pg_index i join relations r on r.oid = i.indrelid and r.relkind in ('r', 'm')
  where i.indisvalid and not exists (
    select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select 4, pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s join namespaces n on n.oid = s.stxnamespace
  union all
  select 5, format('create %s %s%s as %s', case relkind when 'm' then 'materialized view' else 'view' end, path,
    coalesce(' with (' || array_to_string(reloptions, ', ') || ')', ''), pg_get_viewdef(oid))
  from relations where relkind in ('v', 'm')
  union all
  select 6, pg_get_triggerdef(t.oid) from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select 7, format('alter table %s %s trigger %I', r.path,
    case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname)
  from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal and t.tgenabled <> 'O'
  union all
  select 8, format('alter sequence %s owned by %s.%I', r.path, o.path, a.attname)
  from pg_depend d join relations r on r.oid = d.objid and r.relkind = 'S'
  join relations o on o.oid = d.refobjid join pg_attribute a on a.attrelid = o.oid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.deptype = 'a'
  union all
  select 9, format('comment on %s %s is %L', case i.type when 'table column' then 'column' else i.type end, i.identity, d.description)
  from pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
  where i.type in ('table', 'table column', 'view', 'index', 'sequence', 'function', 'type')
    and i.schema in (select nspname from namespaces)
    and not exists (select from brought b where b.classid = d.classoid and b.objid = d.objoid)
) as lines order by step, line collate "C"`

const rowTables = `${common}
select path as table, coalesce((
  select string_agg(format('%I', attname), ', ' order by attnum) from pg_attribute
  where attrelid = relations.oid and attnum > 0 and not attisdropped and attgenerated = ''), '') as columns
from relations where relkind = 'r' order by path collate "C"`

const sequencePositions = `${common}
select path
from relations where relkind = 'S' order by path collate "C"`

// Kinds of things that the queries above do not make again. None may be left out in silence.
const beyond = `${common}
select kind || ' ' || name as thing from (
  select 'partitioned table' as kind, path as name from relations where relkind = 'p'
  union all select 'foreign table', path from relations where relkind = 'f'
  union all select 'composite type', path from relations where relkind = 'c'
  union all select 'inheriting table', r.path from pg_inherits i join relations r on r.oid = i.inhrelid and r.relkind = 'r'
  union all select 'table with row level security', path from relations where relrowsecurity
  union all select 'rule', r.path || ' ' || w.rulename from pg_rewrite w join relations r on r.oid = w.ev_class where w.rulename <> '_RETURN'
  union all select case t.typtype when 'd' then 'domain' else 'range' end, t.typname
    from pg_type t join namespaces n on n.oid = t.typnamespace
    where t.typtype in ('d', 'r') and not exists (select from brought b where b.classid = 'pg_type'::regclass and b.objid = t.oid)
  union all select 'aggregate', p.proname from pg_proc p join namespaces n on n.oid = p.pronamespace
    where p.prokind in ('a', 'w') and not exists (select from brought b where b.classid = 'pg_proc'::regclass and b.objid = p.oid)
  union all select 'operator', o.oprname from pg_operator o join namespaces n on n.oid = o.oprnamespace
    where not exists (select from brought b where b.classid = 'pg_operator'::regclass and b.objid = o.oid)
  union all select 'default privileges of', defaclrole::regrole::text from pg_default_acl
  union all select 'event trigger', evtname from pg_event_trigger
  union all select 'large object', oid::text from pg_largeobject_metadata
) as things limit 5`

/**
 * The SQL that makes the schema of this database again, in every namespace that is not the system's.
 * @throws {MigrationError} `failed` when it has kinds of things that only pg_dump can write down.
 */
export async function catalogSql(client: Queryable): Promise<CatalogSql> {
  const lines = async (query: string) => (await client.query(query)).rows.map(({ line }) => line)
  const { rows: unknown } = await client.query(beyond)
  if (unknown.length > 0) {
    const things = unknown.map(({ thing }) => thing).join(', ')
    throw new MigrationError(
      'failed',
      `This database has what a backup without pg_dump cannot hold: ${things}. Install pg_dump of the server's version or newer (package postgresql-client) and run this again.`,
    )
  }
  const { rows: tables } = await client.query(rowTables)
  return {
    before: await lines(beforeRows),
    after: [...(await lines(afterRows)), ...(await positions(client))],
    tables,
  }
}

async function positions(client: Queryable): Promise<string[]> {
  const { rows } = await client.query(sequencePositions)
  const statements: string[] = []
  for (const { path } of rows) {
    const { rows: found } = await client.query(`select last_value, is_called from ${path}`)
    const { last_value: last, is_called: called } = found[0]
    statements.push(`select pg_catalog.setval('${path.replaceAll("'", "''")}', ${last}, ${called})`)
  }
  return statements
}
