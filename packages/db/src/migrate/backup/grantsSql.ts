import type { Queryable } from '../run/journal.ts'

const explicitRights = `
with namespaces as (
  select * from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
),
brought as (select classid, objid from pg_depend where deptype = 'e'),
objects as (
  select 'schema' as kind, format('%I', nspname) as name, '' as part, nspowner as owner, nspacl as rights from namespaces
  union all
  select case c.relkind when 'S' then 'sequence' else 'table' end, format('%I.%I', n.nspname, c.relname), '', c.relowner, c.relacl
  from pg_class c join namespaces n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'S')
    and not exists (select from brought where classid = 'pg_class'::regclass and objid = c.oid)
  union all
  select 'table', format('%I.%I', n.nspname, c.relname), format(' (%I)', a.attname), c.relowner, a.attacl
  from pg_attribute a join pg_class c on c.oid = a.attrelid join namespaces n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm') and not a.attisdropped
  union all
  select 'routine', format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), '', p.proowner, p.proacl
  from pg_proc p join namespaces n on n.oid = p.pronamespace
  where p.prokind in ('f', 'p')
    and not exists (select from brought where classid = 'pg_proc'::regclass and objid = p.oid)
  union all
  select 'type', format('%I.%I', n.nspname, t.typname), '', t.typowner, t.typacl
  from pg_type t join namespaces n on n.oid = t.typnamespace where t.typtype = 'e'
)
select kind, name, part, r.privilege_type as privilege, r.is_grantable as grantable,
  case when r.grantee = 0 then null else r.grantee::regrole::text end as role, r.grantee = o.owner as own
from objects o left join lateral aclexplode(o.rights) r on true
where o.rights is not null
order by kind, name, part, privilege, role`

type Right = {
  kind: string
  name: string
  /** A column in brackets, or nothing. */
  part: string
  privilege: string | null
  grantable: boolean
  /** Null: everybody. */
  role: string | null
  own: boolean
}

/**
 * The rights that were given or taken explicitly. A role that the other server does not have is passed
 * over there: roles belong to a server, not to a database.
 */
export async function grantsSql(client: Queryable): Promise<string[]> {
  const { rows } = await client.query(explicitRights)
  const rights: Right[] = rows
  const whole = rights.filter(({ part }) => part === '')
  const closed = new Set(whole.map(({ kind, name }) => `revoke all on ${kind} ${name} from public`))
  const given = rights
    .filter(({ privilege, own }) => privilege !== null && !own)
    .map(({ kind, name, part, privilege, grantable, role }) => {
      const option = grantable ? ' with grant option' : ''
      const grant = `grant ${privilege}${part} on ${kind} ${name} to ${role ?? 'public'}${option}`
      return role === null ? grant : whenRoleExists(role, grant)
    })
  return [...closed, ...given]
}

function whenRoleExists(role: string, statement: string): string {
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
  return `do $do$ begin if to_regrole(${literal(role)}) is not null then execute ${literal(statement)}; end if; end $do$`
}
