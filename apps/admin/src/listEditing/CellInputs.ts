import { createContext, type ReactNode } from 'react'

/** What stands in the cells of a row that is being changed in its list, by field. Null: of no such row. */
export const CellInputs = createContext<ReadonlyMap<string, ReactNode> | null>(null)
