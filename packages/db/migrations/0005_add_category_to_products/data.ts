import type { DataStep } from '../../src/migrate/index.ts'

const catchAll = 'Uncategorised'

/** Products that are there already get a category that says that nobody chose one. */
export async function up({ query, batches }: DataStep): Promise<void> {
  const { rows } = await query('select count(*)::int as total from products')
  const total: number = rows[0].total
  if (total === 0) return
  await query('insert into categories (name) values ($1) on conflict do nothing', [catchAll])
  await batches({
    start: '00000000-0000-0000-0000-000000000000',
    total,
    async run(query, after) {
      const { rows } = await query(
        `update products set category_id = (
           select id from categories where name = $2 and parent_id is null)
         where id in (select id from products where id > $1 order by id limit 1000)
         returning id`,
        [after, catchAll],
      )
      const ids: string[] = rows.map(({ id }) => id).sort()
      return { rows: ids.length, next: ids.at(-1) ?? null }
    },
  })
}

/** The column goes; so does the category, unless somebody has put it to other use. */
export async function down({ query }: DataStep): Promise<void> {
  await query('update products set category_id = null')
  await query(
    `delete from categories where name = $1 and parent_id is null
       and not exists (select from categories child where child.parent_id = categories.id)`,
    [catchAll],
  )
}
