import { type ApiOutputs, listAll } from '@stockbook/client'
import { useEffect, useState } from 'react'
import { keep, readKept } from '../catalogue/keptData.ts'
import { type Failure, failureOf } from '../failure.ts'
import { useFloor } from '../floor.ts'

export type Check = ApiOutputs['checks']['get']
export type CheckLine = ApiOutputs['checks']['lines']['items'][number]

/** A check with all its lines, as it was when the server was last asked. */
export type OpenedCheck = { check: Check; lines: CheckLine[]; readAt: Date }

const key = 'check'

type KeptCheck = OpenedCheck & { userId: string }

/** The check that is being counted on this device. It is kept, so that counting goes on without a network. */
export function useCheck() {
  const { client, user } = useFloor()
  const [opened, setOpened] = useState<OpenedCheck | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function read(id: string): Promise<OpenedCheck | null> {
    const readAt = new Date()
    try {
      const [check, lines] = await Promise.all([
        client.checks.get.query({ id }),
        allLines(listAll(client.checks.lines, { checkId: id, limit: 200 })),
      ])
      const read = { check, lines, readAt }
      setOpened(read)
      setFailure(null)
      await keep(key, { ...read, userId: user.id })
      return read
    } catch (error) {
      setFailure(failureOf(error))
      return null
    }
  }

  // Once: what was open on this device when the page was left.
  useEffect(() => {
    void readKept<KeptCheck>(key).then((kept) => {
      // Another user of this device may see other places.
      if (kept?.userId !== user.id) return
      setOpened((current) => current ?? kept)
      void read(kept.check.id)
    })
  }, [])

  return {
    opened,
    failure,
    read,
    close() {
      setOpened(null)
      void keep(key, null)
    },
  }
}

async function allLines(pages: AsyncIterable<CheckLine>): Promise<CheckLine[]> {
  const lines: CheckLine[] = []
  for await (const line of pages) lines.push(line)
  return lines
}
