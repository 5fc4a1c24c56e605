import { open, readFile } from 'node:fs/promises'
import { isStockbookError, type StockbookClient } from '@stockbook/client'
import superjson from 'superjson'

type Operator = StockbookClient<'operator'>
type Post = Operator['movements']['post']['mutate']
export type Command = Parameters<Post>[0] & { commandId: string }
export type Answer = Awaited<ReturnType<Post>>

/** What is known of a command for good. */
export type Outcome =
  | { is: 'posted'; answer: Answer }
  | { is: 'refused'; code: string; detail: Readonly<Record<string, unknown>> }

type Entry =
  | { is: 'intent'; command: Command }
  | ({ commandId: string } & (Outcome | { is: 'unknown'; code: string }))

/** All that a journal has of one command. */
export type Recorded = { command: Command; outcomes: Outcome[]; unknown: string[] }

/**
 * What callers mean to do and what they learn of it, each on the disk before they go on: what a caller
 * who dies would find again.
 */
export async function openJournal(path: string) {
  const file = await open(path, 'a')
  const inFlight = new Set<{ commandId: string; url: string }>()

  async function append(entry: Entry): Promise<void> {
    await file.appendFile(`${superjson.stringify(entry)}\n`)
    await file.datasync()
  }

  return {
    /** Writes down that a command is to be sent. */
    intend: (command: Command) => append({ is: 'intent', command }),

    /**
     * Sends a command, and writes down what became of it.
     * @returns null when nobody knows
     */
    async send(client: Operator, url: string, command: Command): Promise<Outcome | null> {
      const { commandId } = command
      const sent = { commandId, url }
      inFlight.add(sent)
      try {
        const answer = await client.movements.post.mutate(command)
        const outcome: Outcome = { is: 'posted', answer: { ...answer, replayed: false } }
        await append({ commandId, ...outcome })
        return outcome
      } catch (error) {
        if (!isStockbookError(error)) throw error
        if (error.retryable) {
          await append({ commandId, is: 'unknown', code: error.code })
          return null
        }
        const { replayed: _, ...detail } = error.detail
        const outcome: Outcome = { is: 'refused', code: error.code, detail }
        await append({ commandId, ...outcome })
        return outcome
      } finally {
        inFlight.delete(sent)
      }
    },

    /** The ids of the commands that a server has not answered yet. */
    inFlightAt: (url: string) =>
      [...inFlight].filter((one) => one.url === url).map(({ commandId }) => commandId),

    /** All that is on the disk. */
    async read(): Promise<Recorded[]> {
      const all = new Map<string, Recorded>()
      for (const line of (await readFile(path, 'utf8')).trimEnd().split('\n')) {
        const entry = superjson.parse<Entry>(line)
        if (entry.is === 'intent') {
          const { command } = entry
          all.set(command.commandId, { command, outcomes: [], unknown: [] })
          continue
        }
        const { commandId, ...what } = entry
        const recorded = all.get(commandId)!
        if (what.is === 'unknown') recorded.unknown.push(what.code)
        else recorded.outcomes.push(what)
      }
      return [...all.values()]
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

export type Journal = Awaited<ReturnType<typeof openJournal>>
