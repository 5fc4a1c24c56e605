import type { ErrorCode } from '@stockbook/client'
import { errorCatalogue } from '@stockbook/client/contract'
import { mapValues } from './mapValues.ts'

const shortage = '%{sku} at %{location}: %{available} on hand, %{requested} asked for.'

const withoutFacts = mapValues(errorCatalogue, ({ message }) => message)

/** What each refusal says. The server's own sentence, or a longer one with the facts in it. */
export const errorsInEnglish: Record<ErrorCode, string> = {
  ...withoutFacts,
  INSUFFICIENT_STOCK: `There is not enough. ${shortage}`,
  INSUFFICIENT_STOCK_IN_PAST:
    'Dated like this, %{shortfall} of %{sku} at %{location} would have been missing from %{firstBadAt} on.',
  SCAN_INVALID: 'The code is not valid GS1 data: %{fault}.',
  TOO_MANY_ATTACHMENTS: 'There are %{max} files here, and no more fit. Remove one first.',
  ALREADY_EXISTS: 'There is one like this already: “%{value}” is taken.',
  CONNECTION_FAILED: 'The server cannot be reached. Nothing was changed. Try again.',
  TIMED_OUT: 'The server did not answer in time. Look whether it was done before you repeat it.',
  ABORTED: 'This was stopped.',
  UNEXPECTED_ANSWER: 'Something answered, but not as Stockbook does. Is a proxy in between?',
}

/** What is said of a refusal of which only the code is kept. */
export const refusalsInEnglish: Record<ErrorCode, string> = { ...errorsInEnglish, ...withoutFacts }
