import { randomUUID } from 'node:crypto'
import { auditLog } from '@stockbook/db'
import { and, desc, eq, gt, lt } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { mutations } from '../../src/testing/procedures.ts'
import { openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct } from '../../src/testing/warehouse.ts'

/** They open and end what the sessions themselves remember. */
const unrecorded = ['auth.signIn', 'auth.refresh', 'auth.signOut', 'auth.signOutEverywhere']

/** The first makes nothing that counts yet; the others want the code of a moment, and have tests of their own. */
const ofOwnDevice = ['secondFactor.begin', 'secondFactor.confirm', 'secondFactor.remove']

/** What these make was not there before. */
const makeNew = ['add', 'create', 'close', 'hold', 'holdOrder', 'open', 'count', 'addLine']

/** Its row tells of many products at once; the test of the reports looks at it. */
const ofMany = ['reports.applyAbc']

const recorded = mutations.filter(
  ({ path }) => ![...unrecorded, ...ofOwnDevice, ...ofMany].includes(path),
)

let server: TestServer
let inputs: Record<string, Record<string, unknown>>
let token: string
let adminId: string

beforeAll(async () => {
  server = await startTestServer()
  inputs = await mutationInputs(server)
  const session = await openSession(server.url, 'anton', testPassword)
  token = session.accessToken
  adminId = session.user.id
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

async function lastId() {
  const [row] = await server.db
    .select({ id: auditLog.id })
    .from(auditLog)
    .orderBy(desc(auditLog.id))
    .limit(1)
  return row?.id ?? 0
}

/** Makes the call, and gives its answer and what it wrote into the audit log. */
async function rowsOf(path: string, input: unknown, by = token) {
  const before = await lastId()
  const requestId = randomUUID()
  const answer = await rawCall(server.url, path, {
    method: 'POST',
    token: by,
    input,
    headers: { 'x-request-id': requestId },
  })
  const rows = await server.db.select().from(auditLog).where(gt(auditLog.id, before))
  return { answer, rows, requestId }
}

type Answer = Record<string, unknown>

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Answer

describe('a change is one row: who, what, in which request, from what to what', () => {
  test.each(recorded)('$path', async ({ path, feature, name }) => {
    const { answer, rows, requestId } = await rowsOf(path, inputs[feature]![name])
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
    expect(answer.headers.get('x-request-id')).toBe(requestId)
    expect(rows).toMatchObject([{ actorId: adminId, action: path, requestId }])

    const { entity, entityId, before, after } = rows[0]!
    const answered = asJson(answer.result)
    const [heldLine] = path === 'reservations.holdOrder' ? (answered.lines as [Answer]) : []
    const document = (heldLine ?? answered).reservation ?? answered.check
    const result = (document as Answer | undefined) ?? answered
    expect(entityId).toBe(String(result.id ?? result.commandId))
    const isNew = makeNew.includes(name) || feature === 'movements'
    expect(before === null).toBe(isNew)
    if (feature === 'movements' || feature === 'sessions') return
    const { key: _, ...kept } = result
    // These are answered with the names of what they concern, which are not their own.
    if (!['reservations', 'checks', 'attachments'].includes(feature))
      expect(after).toMatchObject(kept)

    // What it was is what the last change had made of it.
    const [earlier] = await server.db
      .select()
      .from(auditLog)
      .where(
        and(
          eq(auditLog.entity, entity),
          eq(auditLog.entityId, entityId),
          lt(auditLog.id, rows[0]!.id),
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(1)
    expect(before).toEqual(earlier?.after ?? null)
    expect(after).not.toEqual(before)
  })

  test('what is recorded for a command tells what came of it', async () => {
    const [bin] = await makeBins(server.admin, 1)
    const { id: productId } = await makeProduct(server.admin)
    const line = { productId, quantity: 2 }
    const commandId = randomUUID()
    const posted = await rowsOf('movements.post', {
      commandId,
      lines: [{ ...line, type: 'incoming', toLocationId: bin }],
      reference: 'PO-7',
    })
    expect(posted.rows).toMatchObject([
      {
        entity: 'command',
        entityId: commandId,
        before: null,
        after: { outcome: 'posted', refusalCode: null, lines: 1, reference: 'PO-7' },
      },
    ])
    const again = await rowsOf('movements.post', {
      commandId,
      lines: [{ ...line, type: 'incoming', toLocationId: bin }],
      reference: 'PO-7',
    })
    expect(again.answer.status).toBe(200)
    expect(again.rows).toEqual([])

    const tooMuch = {
      commandId: randomUUID(),
      lines: [{ ...line, quantity: 3, type: 'outgoing', fromLocationId: bin }],
    }
    const refused = await rowsOf('movements.post', tooMuch)
    expect(refused.answer.failure?.code).toBe('INSUFFICIENT_STOCK')
    expect(refused.rows).toMatchObject([
      {
        entityId: tooMuch.commandId,
        after: { outcome: 'refused', refusalCode: 'INSUFFICIENT_STOCK' },
      },
    ])
    expect((await rowsOf('movements.post', tooMuch)).rows).toEqual([])
  })

  test('signing in and out are not changes', async () => {
    const { answer, rows } = await rowsOf('auth.signIn', {
      username: 'anton',
      password: testPassword,
    })
    expect(rows).toEqual([])
    const { accessToken, refreshToken } = answer.result as Record<string, string>
    const others = [
      await rowsOf('auth.refresh', { refreshToken }),
      await rowsOf('auth.signOut', {}, accessToken),
    ]
    expect(others.map((other) => other.answer.status)).toEqual([200, 200])
    expect(others.flatMap((other) => other.rows)).toEqual([])
  })
})

describe('what did not happen is no row:', () => {
  const ofOneRow = recorded.filter(
    ({ feature, name }) =>
      feature !== 'movements' && ![...makeNew, 'changePassword'].includes(name),
  )

  test.each(ofOneRow)('$path of what is not there', async ({ path, feature, name }) => {
    const sent = inputs[feature]![name] as object
    const input = {
      ...sent,
      ...('commandId' in sent && { commandId: randomUUID() }),
      id: randomUUID(),
    }
    const { answer, rows } = await rowsOf(path, input)
    expect({ code: answer.failure?.code, rows }).toEqual({ code: 'NOT_FOUND', rows: [] })
  })

  const ofAdmins = recorded.filter(({ access }) => access === 'admin')

  test.each(ofAdmins)('$path by an operator', async ({ path, feature, name }) => {
    const operator = await signInFor(server.url, 'olga', testPassword)
    const { answer, rows } = await rowsOf(path, inputs[feature]![name], operator)
    expect({ code: answer.failure?.code, rows }).toEqual({ code: 'ADMIN_REQUIRED', rows: [] })
  })

  test('a change that the database took back at its end', async () => {
    const [one, other] = [await makeProduct(server.admin), await makeProduct(server.admin)]
    const user = await server.admin.users.create.mutate({
      username: 'nina',
      role: 'operator',
      password: testPassword,
    })
    const { name } = await server.admin.apiKeys.create.mutate({ name: 'dock', role: 'operator' })
    const code = { type: 'own', code: 'TAKEN-1', packaging: null }
    await server.admin.products.update.mutate({ id: one.id, codes: [{ ...code, type: 'own' }] })
    for (const [path, input] of [
      ['products.create', { sku: one.sku, name: 'X', baseUnit: 'piece' }],
      ['products.update', { id: other.id, name: 'Renamed first', codes: [code] }],
      ['users.create', { username: user.username, role: 'operator', password: testPassword }],
      ['apiKeys.create', { name, role: 'admin' }],
      ['auth.changePassword', { currentPassword: 'not this', newPassword: testPassword }],
      ['users.update', { id: user.id, displayName: 'X', expectedVersion: 99 }],
    ] as const) {
      const { answer, rows } = await rowsOf(path, input)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect({ path, rows }).toEqual({ path, rows: [] })
    }
  })
})

describe('the list', () => {
  type Input = Parameters<TestServer['admin']['audit']['list']['query']>[0]
  const list = (input: Input) => server.admin.audit.list.query(input)

  test('has the newest first, and whoever did it by name', async () => {
    const { items } = await list({ limit: 5 })
    const ids = items.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((one, other) => other - one))
    expect(items[0]).toMatchObject({ actorId: adminId, actorName: 'anton' })
  })

  test('finds by what was changed, by whom, how and when', async () => {
    const { items: all } = await list({ limit: 200 })
    const entity = 'location'
    const [one] = all.filter((row) => row.entity === entity)
    const matching = async (input: Input, is: (row: (typeof all)[number]) => boolean) => {
      const { items } = await list({ limit: 200, ...input })
      expect(items).toEqual(all.filter(is))
      expect(items.length).toBeGreaterThan(0)
      expect(items.length).toBeLessThan(all.length)
    }
    const { entityId, action, recordedAt } = one!
    await matching({ entity }, (row) => row.entity === entity)
    await matching({ entity, entityId }, (row) => row.entityId === entityId)
    await matching({ action }, (row) => row.action === action)
    await matching({ actorId: adminId }, (row) => row.actorId === adminId)
    await matching({ recordedFrom: recordedAt }, (row) => row.recordedAt >= recordedAt)
    await matching({ recordedBefore: recordedAt }, (row) => row.recordedAt < recordedAt)
  })

  test('is for administrators only', async () => {
    const operator = await signInFor(server.url, 'olga', testPassword)
    for (const path of ['audit.list', 'audit.verify']) {
      const { failure } = await rawCall(server.url, path, { token: operator, input: {} })
      expect(failure?.code).toBe('ADMIN_REQUIRED')
    }
  })
})
