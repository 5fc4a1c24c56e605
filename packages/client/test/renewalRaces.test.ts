import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStockbookClient, type SessionStore, type StoredSession } from '../src/index.ts'
import { memoryStore, password, sessionServerInMemory } from './sessionServer.ts'

const anna = { username: 'anna', password }
const url = 'https://a.test'

/** A store whose every answer takes as long as the scheduler likes. */
function slowStore(scheduler: fc.Scheduler, store: ReturnType<typeof memoryStore>): SessionStore {
  return {
    get: async () => {
      const session = store.get()
      await scheduler.schedule(Promise.resolve(), 'store gave')
      return session
    },
    set: async (session: StoredSession | null) => {
      await scheduler.schedule(Promise.resolve(), 'store takes')
      store.set(session)
    },
  }
}

test('in whatever order things happen, the calls of one client share one renewal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, inStore) => {
      const carried = (what: string) => scheduler.schedule(Promise.resolve(), what)
      const server = sessionServerInMemory(carried)
      const auth = inStore ? { store: slowStore(scheduler, memoryStore()) } : anna
      const client = createStockbookClient({ url, auth, fetch: server.fetch })
      if (inStore) await scheduler.waitFor(client.auth.signIn.mutate(anna))
      else await scheduler.waitFor(client.products.list.query({}))
      server.expireAccess()
      const read = () => client.products.list.query({})
      const calls = Array.from({ length: 12 }, async (_, turn) => {
        await scheduler.schedule(Promise.resolve(), `call ${turn}`)
        await read()
      })
      await scheduler.waitFor(Promise.all(calls))
      expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
    }),
  )
})

test('in whatever order things happen, two tabs on one store do not break each other’s session', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const carried = (what: string) => scheduler.schedule(Promise.resolve(), what)
      const server = sessionServerInMemory(carried)
      const store = slowStore(scheduler, memoryStore())
      const tab = () => createStockbookClient({ url, auth: { store }, fetch: server.fetch })
      const [first, second] = [tab(), tab()]
      await scheduler.waitFor(first.auth.signIn.mutate(anna))
      for (let round = 0; round < 3; round += 1) {
        server.expireAccess()
        const calls = [first, second].flatMap((tab) =>
          [1, 2, 3].map(() => tab.products.list.query({})),
        )
        await scheduler.waitFor(Promise.all(calls))
      }
      expect(server.calls.signIn).toBe(1)
      expect(server.openSessions()).toBe(1)
      expect(server.readers).toHaveLength(18)
    }),
  )
})

test('whichever requests and answers are lost, the session of two tabs lives', async () => {
  const losses = fc.infiniteStream(fc.integer({ min: 0, max: 3 }))
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), losses, async (scheduler, lost) => {
      let lossy = false
      const carried = async (what: string) => {
        await scheduler.schedule(Promise.resolve(), what)
        if (lossy && lost.next().value === 0) throw new TypeError('fetch failed')
      }
      const server = sessionServerInMemory(carried)
      const store = slowStore(scheduler, memoryStore())
      const tab = () =>
        createStockbookClient({ url, auth: { store }, fetch: server.fetch, maxRetries: 0 })
      const [first, second] = [tab(), tab()]
      await scheduler.waitFor(first.auth.signIn.mutate(anna))
      for (let round = 0; round < 3; round += 1) {
        server.expireAccess()
        lossy = true
        const calls = [first, second].flatMap((tab) =>
          [1, 2].map(() => tab.products.list.query({})),
        )
        for (const result of await scheduler.waitFor(Promise.allSettled(calls))) {
          if (result.status === 'fulfilled') continue
          expect(result.reason).toMatchObject({ code: 'CONNECTION_FAILED' })
        }
        lossy = false
        const calm = [first, second].map((tab) => tab.products.list.query({}))
        await scheduler.waitFor(Promise.all(calm))
      }
      expect(server.calls.signIn).toBe(1)
      expect(server.openSessions()).toBe(1)
    }),
  )
})

test('in whatever order things happen, after a sign-out nobody is signed in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const carried = (what: string) => scheduler.schedule(Promise.resolve(), what)
      const server = sessionServerInMemory(carried)
      const kept = memoryStore()
      const store = slowStore(scheduler, kept)
      const tab = () => createStockbookClient({ url, auth: { store }, fetch: server.fetch })
      const [first, second] = [tab(), tab()]
      await scheduler.waitFor(first.auth.signIn.mutate(anna))
      const signingOut = second.auth.signOut.mutate()
      const others = [
        first.auth.refresh.mutate({}),
        first.products.list.query({}),
        second.products.list.query({}),
      ].map((call) => call.catch((error: unknown) => error))
      await scheduler.waitFor(Promise.all([signingOut, ...others]))
      for (const client of [first, second]) {
        const later = client.products.list.query({}).catch((error: unknown) => error)
        expect(await scheduler.waitFor(later)).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
      }
      expect(kept.session).toBeNull()
      expect(server.openSessions()).toBe(0)
    }),
  )
})
