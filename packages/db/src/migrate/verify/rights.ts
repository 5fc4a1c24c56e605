import type { Queryable } from '../run/journal.ts'

// What holds, however it came to be: right by default, or given or taken by a statement. Not what an
// owner may do with its own, for owners differ between servers.
const everyRight = `
with namespaces as (
  select * from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'migrations')
),
brought as (select classid, objid from pg_depend where deptype = 'e'),
relations as (
  select c.*, format('%I.%I', n.nspname, c.relname) as path
  from pg_class c join namespaces n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S')
    and not exists (select from brought where classid = 'pg_class'::regclass and objid = c.oid)
),
objects as (
  select format('schema %I', nspname) as name, nspowner as owner,
    coalesce(nspacl, acldefault('n', nspowner)) as rights
  from namespaces
  union all
  select case relkind when 'S' then 'sequence ' else 'table ' end || path, relowner,
    coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
  from relations
  union all
  select format('column %s.%I', r.path, a.attname), r.relowner, a.attacl
  from pg_attribute a join relations r on r.oid = a.attrelid
  where not a.attisdropped
  union all
  select format('routine %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
    p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
  from pg_proc p join namespaces n on n.oid = p.pronamespace
  where not exists (select from brought where classid = 'pg_proc'::regclass and objid = p.oid)
  union all
  select format('type %I.%I', n.nspname, t.typname), t.typowner,
    coalesce(t.typacl, acldefault('T', t.typowner))
  from pg_type t join namespaces n on n.oid = t.typnamespace
  where t.typtype in ('e', 'd')
    and not exists (select from brought where classid = 'pg_type'::regclass and objid = t.oid)
)
select distinct format('right %s on %s to %s%s', privilege_type, name,
    case when grantee = 0 then 'public' else grantee::regrole::text end,
    case when is_grantable then ' with grant option' else '' end) collate "C" as line
from objects, aclexplode(rights)
where grantee <> owner
order by line`

/** Who may do what with the things of a schema: one entry a right, in a fixed order. */
export async function describeRights(client: Queryable): Promise<string[]> {
  const { rows } = await client.query(everyRight)
  return rows.map(({ line }) => line)
}
