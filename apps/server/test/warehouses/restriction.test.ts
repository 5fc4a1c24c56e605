import { createStockbookClient } from '@stockbook/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeProduct, receive } from '../../src/testing/warehouse.ts'
import { makeWarehouse, signInRestricted, type Warehouse } from './house.ts'

let server: TestServer
let north: Warehouse
let south: Warehouse

beforeAll(async () => {
  server = await startTestServer()
  north = await makeWarehouse(server, 'NORTH')
  south = await makeWarehouse(server, 'SOUTH')
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const issue = (field: string) => ({
  code: 'INVALID_INPUT',
  detail: { issues: [expect.objectContaining({ path: expect.arrayContaining([field]) })] },
})

describe('who may be restricted, and to what', () => {
  const newcomer = (username: string) => ({ username, password: testPassword })

  test('an operator, from the start or later, to several warehouses, and to none again', async () => {
    const { admin } = server
    const both = [north.warehouse, south.warehouse].toSorted()
    const made = await admin.users.create.mutate({
      ...newcomer('opal'),
      role: 'operator',
      warehouseIds: [north.warehouse],
    })
    expect(made.warehouseIds).toEqual([north.warehouse])
    const changed = await admin.users.update.mutate({ id: made.id, warehouseIds: both })
    expect(changed.warehouseIds?.toSorted()).toEqual(both)
    const renamed = await admin.users.update.mutate({ id: made.id, displayName: 'Opal' })
    expect(renamed.warehouseIds?.toSorted()).toEqual(both)
    const cleared = await admin.users.update.mutate({ id: made.id, warehouseIds: null })
    expect(cleared.warehouseIds).toBeNull()
    expect((await admin.users.get.query({ id: made.id })).warehouseIds).toBeNull()
  })

  test('never an administrator, nor does a restricted operator become one', async () => {
    const { admin } = server
    await expect(
      admin.users.create.mutate({
        ...newcomer('ada'),
        role: 'admin',
        warehouseIds: [north.warehouse],
      }),
    ).rejects.toMatchObject(issue('warehouseIds'))
    const ada = await admin.users.create.mutate({ ...newcomer('ada'), role: 'admin' })
    await expect(
      admin.users.update.mutate({ id: ada.id, warehouseIds: [north.warehouse] }),
    ).rejects.toMatchObject(issue('warehouseIds'))

    const { user } = await signInRestricted(server, [north.warehouse])
    await expect(admin.users.update.mutate({ id: user.id, role: 'admin' })).rejects.toMatchObject(
      issue('role'),
    )
    expect(await admin.users.get.query({ id: user.id })).toEqual(user)
    const freed = { id: user.id, role: 'admin', warehouseIds: null } as const
    expect(await admin.users.update.mutate(freed)).toMatchObject({ role: 'admin' })
  })

  test('of two who promote and restrict somebody at once, one is refused', async () => {
    const { admin } = server
    for (let round = 0; round < 5; round++) {
      const { id } = await admin.users.create.mutate({
        ...newcomer(`race-${round}`),
        role: 'operator',
      })
      const results = await Promise.allSettled([
        admin.users.update.mutate({ id, role: 'admin' }),
        admin.users.update.mutate({ id, warehouseIds: [north.warehouse] }),
      ])
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
      const { role, warehouseIds } = await admin.users.get.query({ id })
      expect(role === 'admin').toBe(warehouseIds === null)
    }
  })

  test('to warehouses alone: neither to a zone, nor to what does not exist, nor to nothing', async () => {
    const { admin } = server
    const { user } = await signInRestricted(server, [north.warehouse])
    const restrict = (warehouseIds: string[]) =>
      admin.users.update.mutate({ id: user.id, warehouseIds })
    await expect(restrict([north.warehouse, south.zone])).rejects.toMatchObject(
      issue('warehouseIds'),
    )
    await expect(restrict([user.id])).rejects.toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      detail: { field: 'warehouseIds', value: user.id },
    })
    await expect(restrict([])).rejects.toMatchObject(issue('warehouseIds'))
    expect(await admin.users.get.query({ id: user.id })).toEqual(user)
  })

  test('the audit log says from which warehouses to which', async () => {
    const { admin } = server
    const { user } = await signInRestricted(server, [north.warehouse])
    await admin.users.update.mutate({ id: user.id, warehouseIds: [south.warehouse] })
    const { items } = await admin.audit.list.query({ entity: 'user', entityId: user.id })
    expect(items).toContainEqual(
      expect.objectContaining({
        before: expect.objectContaining({ warehouseIds: [north.warehouse] }),
        after: expect.objectContaining({ warehouseIds: [south.warehouse] }),
      }),
    )
  })

  test('the key of a program, from the moment it is made', async () => {
    const { admin, url } = server
    const { key, userId, warehouseIds } = await admin.apiKeys.create.mutate({
      name: 'a scale in the south',
      role: 'operator',
      warehouseIds: [south.warehouse],
    })
    expect(warehouseIds).toEqual([south.warehouse])
    const scale = createStockbookClient({ url, auth: { apiKey: key } })
    expect(await placesOf(scale)).toEqual(['SOUTH', 'SOUTH-BIN', 'SOUTH-OTHER-BIN', 'SOUTH-ZONE'])
    await admin.users.update.mutate({ id: userId, warehouseIds: [north.warehouse] })
    expect(await placesOf(scale)).toEqual(['NORTH', 'NORTH-BIN', 'NORTH-OTHER-BIN', 'NORTH-ZONE'])
    await expect(
      admin.apiKeys.create.mutate({ name: 'x', role: 'admin', warehouseIds: [south.warehouse] }),
    ).rejects.toMatchObject(issue('warehouseIds'))
  })
})

type Client = TestServer['operator']

const placesOf = async (client: Client) =>
  (await client.locations.list.query({ search: 'H' })).items
    .map(({ code }) => code)
    .filter((code) => /NORTH|SOUTH/.test(code))

test('a restriction acts on the very next call, and so does its end', async () => {
  const { client, user } = await signInRestricted(server, [north.warehouse])
  const { id } = await makeProduct(server.admin)
  await receive(server.operator, id, north.bin, 3)
  await receive(server.operator, id, south.bin, 5)
  const seen = async () =>
    (await client.stock.levels.query({ productId: id })).items.map(({ onHand }) => onHand)
  const restrict = (warehouseIds: string[] | null) =>
    server.admin.users.update.mutate({ id: user.id, warehouseIds })
  expect(await seen()).toEqual([3])
  await restrict([south.warehouse])
  expect(await seen()).toEqual([5])
  await restrict([north.warehouse, south.warehouse])
  expect((await seen()).toSorted()).toEqual([3, 5])
  await restrict(null)
  expect((await seen()).toSorted()).toEqual([3, 5])
  expect((await client.auth.me.query()).warehouseIds).toBeNull()
})

test('a bin that is put into another warehouse goes there for everybody at once', async () => {
  const { client } = await signInRestricted(server, [north.warehouse])
  const { admin } = server
  const bin = await admin.locations.create.mutate({
    kind: 'bin',
    code: 'WANDERER',
    name: 'On wheels',
    parentId: north.zone,
  })
  expect(await client.locations.get.query({ id: bin.id })).toMatchObject({ code: 'WANDERER' })
  await admin.locations.update.mutate({ id: bin.id, parentId: south.zone })
  await expect(client.locations.get.query({ id: bin.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
