import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { inPgbench, operatorId } from './warehouse.ts'

const run = promisify(execFile)

/** One transaction for each movement, as a straightforward server writes it, over the server's own tables. */
const plainTransaction = `
begin;
select on_hand from stock_levels where product_id = ${inPgbench.productId}
  and location_id = ${inPgbench.binId} for update;
insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
  values (gen_random_uuid(), 'post', 'none', '${operatorId}', 'posted', now())
  returning id as command_id \\gset
insert into stock_movements
  (command_id, line, type, product_id, from_location_id, quantity, occurred_at)
  values (:command_id, 0, 'outgoing', ${inPgbench.productId}, ${inPgbench.binId}, 1, now());
commit;
`

/** The same over two tables with no trigger, no foreign key, and a floor under the level. */
const bareTransaction = `
begin;
update bare_levels set on_hand = on_hand - 1 where product_id = ${inPgbench.productId}
  and location_id = ${inPgbench.binId};
insert into bare_movements (product_id, from_location_id, quantity)
  values (${inPgbench.productId}, ${inPgbench.binId}, 1);
commit;
`

/** pgbench's own clock starts before its clients have connected, its rate after. */
const connectingSeconds = 2

const scripts = { plain: plainTransaction, bare: bareTransaction }

export type Pgbench = {
  /** Runs one of the transactions from 64 clients for a while. Returns how many were committed. */
  post(script: keyof typeof scripts, ofProducts: number, seconds: number): Promise<Committed>
  remove(): Promise<void>
}

type Committed = { count: number; perSecond: number }

/** @throws when there is no `pgbench` on this machine */
export async function openPgbench(databaseUrl: string, clients: number): Promise<Pgbench> {
  const program = await findPgbench()
  const folder = await mkdtemp(join(tmpdir(), 'stockbook-pgbench-'))
  return {
    async post(script, ofProducts, seconds) {
      const file = join(folder, `${script}-${ofProducts}.sql`)
      await writeFile(file, `\\set number random(0, ${ofProducts - 1})${scripts[script]}`)
      const { stdout, stderr } = await run(program, [
        '--no-vacuum',
        '--protocol=prepared',
        `--client=${clients}`,
        '--jobs=2',
        `--time=${seconds + connectingSeconds}`,
        `--file=${file}`,
        databaseUrl,
      ])
      return {
        count: numberIn(stdout + stderr, /transactions actually processed: (\d+)/),
        perSecond: numberIn(stdout + stderr, /tps = ([\d.]+) \(without initial connection time\)/),
      }
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

function numberIn(output: string, pattern: RegExp): number {
  const [, found] = pattern.exec(output) ?? []
  if (found === undefined) throw new Error(`pgbench said something else:\n${output}`)
  return Number(found)
}

const debianFolder = '/usr/lib/postgresql'

async function findPgbench(): Promise<string> {
  const versions = (await readdir(debianFolder).catch(() => [])).toSorted((one, other) =>
    other.localeCompare(one, 'en', { numeric: true }),
  )
  const candidates = [
    process.env.PGBENCH_PATH,
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'pgbench')),
    ...versions.map((version) => join(debianFolder, version, 'bin', 'pgbench')),
  ]
  for (const candidate of candidates) {
    if (!candidate) continue
    const works = await run(candidate, ['--version']).then(
      () => true,
      () => false,
    )
    if (works) return candidate
  }
  throw new Error(
    'There is no pgbench here. On Debian it comes with the package `postgresql-contrib`, elsewhere with ' +
      'PostgreSQL; PGBENCH_PATH names one that is in no usual place.',
  )
}
