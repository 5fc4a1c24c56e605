import { auditLog } from '@stockbook/db'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkAudit } from '../../src/features/audit/audit.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server[Symbol.asyncDispose]())

type Asked = NonNullable<Parameters<TestServer['admin']['audit']['follow']['query']>[0]>
type Head = NonNullable<Asked['after']>

const follow = (asked: Asked = {}) => server.admin.audit.follow.query(asked)

/** Everything behind a place, page by page. */
async function followToEnd(after?: Head, asked: Asked = {}) {
  const ids: number[] = []
  let head = after
  for (;;) {
    const page = await follow({ ...asked, ...(head && { after: head }) })
    ids.push(...page.items.map(({ id }) => id))
    head = page.head
    if (page.isEnd) return { ids, head }
  }
}

test('a row that is committed behind a greater one is still told, where a list by ids has passed it', async () => {
  await linkAudit(server.serverDb)
  const { head } = await followToEnd()
  const slow = await server.db.$client.connect()
  try {
    await slow.query('begin')
    const { rows } = await slow.query<{ id: string }>(
      `insert into audit_log (action, entity, entity_id, request_id)
        values ('products.update', 'product', 'slow', 'test') returning id`,
    )
    const slowId = Number(rows[0]!.id)
    await makeProduct(server.admin)
    await linkAudit(server.serverDb)
    const quick = await followToEnd(head)
    const quickId = quick.ids.at(-1)!
    expect(quick.ids).not.toContain(slowId)
    expect(quickId).toBeGreaterThan(slowId)
    await slow.query('commit')
    await linkAudit(server.serverDb)
    // So would a program miss it that goes on behind the greatest id it has read.
    const byId = await server.admin.audit.list.query({ where: { id: { greaterThan: quickId } } })
    expect(byId.items).toEqual([])
    expect((await followToEnd(quick.head)).ids).toEqual([slowId])
  } finally {
    slow.release()
  }
})

test('while many write and two link at once, a follower is told of each row once', async () => {
  const { id } = await makeProduct(server.admin)
  let isDone = false
  const write = async (writer: number) => {
    for (let round = 0; round < 15; round++) {
      if (round % 3 === 0) await makeProduct(server.admin)
      else await server.admin.products.update.mutate({ id, name: `${writer} ${round}` })
    }
  }
  const link = async (db: TestServer['serverDb']) => {
    while (!isDone) await linkAudit(db)
  }
  const told: number[] = []
  const keepUp = async () => {
    let head: Head | undefined
    for (;;) {
      const wasDone = isDone
      if (wasDone) await linkAudit(server.serverDb)
      const page = await followToEnd(head, { limit: 7 })
      told.push(...page.ids)
      head = page.head
      if (wasDone) return
    }
  }
  const linking = [link(server.serverDb), link(server.db)]
  const following = keepUp()
  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
  isDone = true
  await Promise.all([...linking, following])
  const rows = await server.db.select({ id: auditLog.id }).from(auditLog)
  expect(rows.length).toBeGreaterThan(120)
  expect([...told].sort((one, other) => one - other)).toEqual(
    rows.map((row) => row.id).sort((one, other) => one - other),
  )
})

test('entries about other things move the place on, and are not told', async () => {
  const { admin } = server
  const category = await admin.categories.create.mutate({ name: 'Tea' })
  const product = await makeProduct(admin)
  for (let round = 0; round < 5; round++) {
    await admin.categories.update.mutate({ id: category.id, name: `Tea ${round}` })
  }
  await linkAudit(server.serverDb)
  const page = await follow({ entities: ['product'] })
  expect(page.items).toMatchObject([{ action: 'products.create', entityId: product.id }])
  expect(page.isEnd).toBe(true)
  const next = await follow({ after: page.head, entities: ['product'] })
  expect(next).toEqual({ items: [], head: page.head, isEnd: true })
  const first = await follow({ limit: 1 })
  expect(first).toMatchObject({ head: { position: 1 }, isEnd: false })
})

test('a place that the chain does not have, as after the restore of an older backup, is refused', async () => {
  await makeProduct(server.admin)
  await linkAudit(server.serverDb)
  const { head } = await followToEnd()
  for (const after of [
    { ...head, hash: '0'.repeat(64) },
    { ...head, position: head.position + 1 },
    { ...head, position: head.position - 1 },
  ]) {
    await expect(follow({ after })).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
  }
})
