import { type ComponentType, createContext, type ReactElement, type ReactNode } from 'react'
import type { DataTableRowProps } from 'react-admin'

/** What changing a row in its list adds to it: buttons for its first cell, and what it answers to. */
export type RowParts = { buttons?: ReactNode } & Pick<DataTableRowProps, 'onClick' | 'onKeyDown'>

type RowFrameProps = { children: (parts: RowParts) => ReactElement }

/** What makes each row of a table. Default: the row as it is. */
export const RowFrame = createContext<ComponentType<RowFrameProps>>(({ children }) => children({}))
