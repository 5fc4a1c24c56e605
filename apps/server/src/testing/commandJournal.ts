import { isStockbookError, newCommandId, type StockbookClient } from '@stockbook/client'

type Operator = StockbookClient<'operator'>
type PostInput = Parameters<Operator['movements']['post']['mutate']>[0]
type ReverseInput = Parameters<Operator['movements']['reverse']['mutate']>[0]
type Answer = Awaited<ReturnType<Operator['movements']['post']['mutate']>>

/** What a caller learned of a command: its answer, or the code and facts of its refusal. */
type Outcome = { answer: Answer } | { code: string; detail: Readonly<Record<string, unknown>> }

/** Sends commands and remembers them with their outcomes, so that all can be sent again. */
export function createCommandJournal(client: Operator) {
  const entries: { send: () => Promise<Answer>; outcome: Outcome }[] = []

  async function sendFirst(send: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await send()
      entries.push({ send, outcome: { answer } })
      return answer
    } catch (error) {
      if (isStockbookError(error)) {
        entries.push({ send, outcome: { code: error.code, detail: error.detail } })
      }
      throw error
    }
  }

  return {
    post(input: PostInput): Promise<Answer> {
      const command = { commandId: newCommandId(), ...input }
      return sendFirst(() => client.movements.post.mutate(command))
    },
    reverse(input: ReverseInput): Promise<Answer> {
      const command = { commandId: newCommandId(), ...input }
      return sendFirst(() => client.movements.reverse.mutate(command))
    },
    /** The outcomes of all commands so far, in the order in which they came. */
    outcomes: (): Outcome[] => entries.map(({ outcome }) => outcome),
    /** Sends every command again, and gives the outcomes without the mark that they are repeated. */
    async replay(): Promise<Outcome[]> {
      const outcomes: Outcome[] = []
      for (const { send } of entries) outcomes.push(await repeated(send))
      return outcomes
    },
  }
}

async function repeated(send: () => Promise<Answer>): Promise<Outcome> {
  try {
    const answer = await send()
    if (!answer.replayed) throw new Error(`${answer.commandId} was posted a second time`)
    return { answer: { ...answer, replayed: false } }
  } catch (error) {
    if (!isStockbookError(error)) throw error
    const { replayed, ...detail } = error.detail
    if (!replayed) throw new Error(`${error.code} was decided anew`, { cause: error })
    return { code: error.code, detail }
  }
}
