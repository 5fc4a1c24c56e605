import type { ApiOutputs } from '@stockbook/client'

export type Check = ApiOutputs['checks']['get']
export type CheckLine = ApiOutputs['checks']['lines']['items'][number]
export type CheckReport = ApiOutputs['checks']['report']
