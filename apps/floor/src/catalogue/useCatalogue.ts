import type { StockbookClient } from '@stockbook/client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type Failure, failureOf, unreachable } from '../failure.ts'
import type { User } from '../session/useSession.ts'
import { type Catalogue, type CatalogueData, createCatalogue } from './catalogue.ts'
import { keep, readKept } from './keptData.ts'
import { readCatalogue } from './readCatalogue.ts'

const key = 'catalogue'

type KeptCatalogue = CatalogueData & { userId: string }

/** What others add on other devices is found after so long at the latest. */
const readEveryMs = 10 * 60 * 1_000

/** A server that did not give them is asked again after so long. */
const retryAfterMs = 10_000

/** The master data: what this device kept at first, and what the server has as soon as it answers. */
export function useCatalogue({ id: userId }: User, client: StockbookClient) {
  const [data, setData] = useState<CatalogueData>()
  const [failure, setFailure] = useState<Failure | null>(null)

  const readAgain = useCallback(async () => {
    try {
      const read = { ...(await readCatalogue(client)), userId }
      setData(read)
      setFailure(null)
      await keep(key, read)
    } catch (error) {
      setFailure(failureOf(error))
    }
  }, [userId, client])

  useEffect(() => {
    void readKept<KeptCatalogue>(key).then((kept) => {
      // Another user of this device may see other places.
      if (kept?.userId === userId) setData((read) => read ?? kept)
    })
    void readAgain()
    const onOnline = () => void readAgain()
    const onOffline = () => setFailure(unreachable)
    addEventListener('online', onOnline)
    addEventListener('offline', onOffline)
    return () => {
      removeEventListener('online', onOnline)
      removeEventListener('offline', onOffline)
    }
  }, [userId, readAgain])

  const hasFailed = failure !== null
  useEffect(() => {
    const timer = setInterval(() => void readAgain(), hasFailed ? retryAfterMs : readEveryMs)
    return () => clearInterval(timer)
  }, [readAgain, hasFailed])

  const catalogue = useMemo<Catalogue | null>(() => (data ? createCatalogue(data) : null), [data])
  return { catalogue, failure, readAgain }
}
