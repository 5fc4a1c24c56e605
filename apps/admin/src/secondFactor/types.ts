import type { StockbookClient } from '@stockbook/client'

type SecondFactor = StockbookClient['secondFactor']

/** Whether sign-in asks for a code, and how many recovery codes are left. */
export type Status = Awaited<ReturnType<SecondFactor['status']['query']>>

/** What the app is to be given. */
export type Begun = Awaited<ReturnType<SecondFactor['begin']['mutate']>>

export type Confirmed = Awaited<ReturnType<SecondFactor['confirm']['mutate']>>
