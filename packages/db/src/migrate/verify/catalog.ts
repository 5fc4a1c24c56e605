import type { Queryable } from '../run/journal.ts'
import { describeRights } from './rights.ts'

// What PostgreSQL itself knows of each thing, in its own words. No positions of columns: a column that
// was dropped and came back stands last. No schema `migrations`: that is the runner's, not the models'.
const everything = (constraint: ConstraintText) => `
with namespaces as (
  select oid, nspname from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'migrations')
),
-- What an extension brings is told by the extension's own line.
brought as (select classid, objid from pg_depend where deptype = 'e'),
relations as (
  select c.*, format('%I.%I', n.nspname, c.relname) as path
  from pg_class c join namespaces n on n.oid = c.relnamespace
  where not exists (select from brought where classid = 'pg_class'::regclass and objid = c.oid)
),
lines as (
  select format('schema %I', nspname) as line from namespaces
  union all
  select format('extension %I', extname) from pg_extension where extname <> 'plpgsql'
  union all
  select format('%s %s%s', case relkind when 'v' then 'view' when 'm' then 'materialized view'
      when 'S' then 'sequence' else 'table' end, path,
      case when relrowsecurity then ' row level security' else '' end)
      || coalesce(E' with ' || array_to_string(reloptions, ','), '')
      || case when relkind in ('v', 'm') then E' as\\n' || pg_get_viewdef(oid) else '' end
  from relations where relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select format('column %s.%I %s%s%s%s', r.path, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end,
      case when d.adbin is null then '' else
        case a.attgenerated when 's' then ' generated ' when 'v' then ' virtual ' else ' default ' end
        || pg_get_expr(d.adbin, d.adrelid) end)
  from pg_attribute a join relations r on r.oid = a.attrelid and r.relkind in ('r', 'p', 'v', 'm')
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped
  union all
  select format('sequence of %s as %s from %s by %s between %s and %s%s', r.path,
      format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
      case when s.seqcycle then ' cycle' else '' end)
  from pg_sequence s join relations r on r.oid = s.seqrelid
  union all
  select format('index %s%s', pg_get_indexdef(i.indexrelid), case when i.indisvalid then '' else ' INVALID' end)
  from pg_index i join relations r on r.oid = i.indexrelid
  union all
  -- PostgreSQL 18 keeps each NOT NULL as a constraint too; the column's line tells it already.
  select format('constraint %s %I %s%s', r.path, c.conname, ${constraint},
      case when c.convalidated then '' else ' NOT VALID' end)
  from pg_constraint c join relations r on r.oid = c.conrelid where c.contype <> 'n'
  union all
  select format('enum %I.%I %s', n.nspname, t.typname,
      (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid))
  from pg_type t join namespaces n on n.oid = t.typnamespace where t.typtype = 'e'
  union all
  select E'function\\n' || pg_get_functiondef(p.oid)
  from pg_proc p join namespaces n on n.oid = p.pronamespace
  where p.prokind in ('f', 'p')
    and not exists (select from brought where classid = 'pg_proc'::regclass and objid = p.oid)
  union all
  select format('trigger %s%s', pg_get_triggerdef(t.oid), case t.tgenabled when 'O' then '' else ' ' || t.tgenabled::text end)
  from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select format('policy %s %I %s %s using %s check %s', r.path, p.polname, p.polcmd, p.polpermissive,
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join relations r on r.oid = p.polrelid
)
select line from lines order by line collate "C"`

type ConstraintText = (typeof constraintTexts)[keyof typeof constraintTexts]

/** How constraints are told. */
const constraintTexts = {
  /** Alike for conditions that mean the same, however they were bracketed when they were written. */
  plain: 'pg_get_constraintdef(c.oid, true)',
  /** With all brackets, of which a condition loses some when it is read back. */
  bracketed: 'pg_get_constraintdef(c.oid)',
} as const

/** A schema with the rights on it: one entry a thing, in a fixed order. */
export async function describeCatalog(client: Queryable): Promise<string[]> {
  return [...(await describeStructure(client)), ...(await describeRights(client))]
}

/**
 * A schema without the rights on it, which name roles that another server may not have.
 * @param constraints how they are told: `bracketed` only to compare with what was told so before
 */
export async function describeStructure(
  client: Queryable,
  constraints: keyof typeof constraintTexts = 'plain',
): Promise<string[]> {
  const { rows } = await client.query(everything(constraintTexts[constraints]))
  return rows.map(({ line }) => line)
}

/** What one catalog has and the other has not. */
export function catalogDifference(expected: string[], found: string[]) {
  const had = new Set(expected)
  const has = new Set(found)
  return {
    missing: expected.filter((line) => !has.has(line)),
    extra: found.filter((line) => !had.has(line)),
  }
}
