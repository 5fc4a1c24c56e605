import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { callsOf, features, newCode } from './features.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

describe.each(features)('$name', (feature) => {
  const calls = () => callsOf(server.admin, feature)

  test('what was made is read back, of version 1 and in use', async () => {
    const made = await feature.create(server)
    expect(made).toMatchObject({ version: 1, archivedAt: null })
    expect(await calls().get.query({ id: made.id })).toEqual(made)
  })

  test('a change changes what is given and nothing else, and raises the version', async () => {
    const made = await feature.create(server)
    const change = feature.change(newCode())
    const changed = await calls().update.mutate({ id: made.id, ...change })
    expect(changed).toEqual({ ...made, ...change, version: 2, updatedAt: changed.updatedAt })
    expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(made.updatedAt.getTime())
    expect(await calls().get.query({ id: made.id })).toEqual(changed)
  })

  test('a change of nothing leaves every field as it was', async () => {
    const made = await feature.create(server)
    const changed = await calls().update.mutate({ id: made.id })
    expect(changed).toEqual({ ...made, version: 2, updatedAt: changed.updatedAt })
  })

  test('a change leaves other rows alone', async () => {
    const [one, other] = [await feature.create(server), await feature.create(server)]
    await calls().update.mutate({ id: one.id, ...feature.change(newCode()) })
    expect(await calls().get.query({ id: other.id })).toEqual(other)
  })

  test('of twenty who change the same version at once, one wins and the others learn of it', async () => {
    const { id } = await feature.create(server)
    const changes = Array.from({ length: 20 }, () => feature.change(newCode()))
    const outcomes = await Promise.allSettled(
      changes.map((change) => calls().update.mutate({ id, expectedVersion: 1, ...change })),
    )
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost).toHaveLength(19)
    for (const { reason } of lost) {
      expect(reason).toMatchObject({
        code: 'CHANGED_MEANWHILE',
        detail: { id, expectedVersion: 1, version: 2 },
      })
    }
    expect(await calls().get.query({ id })).toMatchObject({ ...changes[winner], version: 2 })
  })

  test('of twenty who name no version, all are heard', async () => {
    const { id } = await feature.create(server)
    await Promise.all(
      Array.from({ length: 20 }, () => calls().update.mutate({ id, ...feature.change(newCode()) })),
    )
    expect(await calls().get.query({ id })).toMatchObject({ version: 21 })
  })

  test('a version that is past changes nothing, in an update and in archiving', async () => {
    const { id } = await feature.create(server)
    const now = await calls().update.mutate({ id })
    const stale = { id, expectedVersion: 1 }
    const refusal = { code: 'CHANGED_MEANWHILE', detail: { ...stale, version: 2 } }
    await expect(
      calls().update.mutate({ ...stale, ...feature.change(newCode()) }),
    ).rejects.toMatchObject(refusal)
    await expect(calls().archive.mutate(stale)).rejects.toMatchObject(refusal)
    expect(await calls().get.query({ id })).toEqual(now)
  })

  test('archiving twice keeps the moment of the first time; taking back twice is as good as once', async () => {
    const { id } = await feature.create(server)
    const first = await calls().archive.mutate({ id })
    expect(first.archivedAt).toBeInstanceOf(Date)
    const second = await calls().archive.mutate({ id })
    expect(second.archivedAt).toEqual(first.archivedAt)
    for (let times = 0; times < 2; times++) {
      const back = await calls().archive.mutate({ id, archived: false })
      expect(back.archivedAt).toBeNull()
    }
  })

  test('what is not there cannot be read, changed or archived', async () => {
    const id = randomUUID()
    const refusal = { code: 'NOT_FOUND', detail: { id } }
    await expect(calls().get.query({ id })).rejects.toMatchObject(refusal)
    await expect(calls().update.mutate({ id })).rejects.toMatchObject(refusal)
    await expect(calls().update.mutate({ id, expectedVersion: 1 })).rejects.toMatchObject(refusal)
    await expect(calls().archive.mutate({ id })).rejects.toMatchObject(refusal)
    await expect(calls().archive.mutate({ id, archived: false })).rejects.toMatchObject(refusal)
  })
})
