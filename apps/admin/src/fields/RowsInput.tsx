import type { ReactNode } from 'react'
import { ArrayInput, type ArrayInputProps, SimpleFormIterator } from 'react-admin'

/** Asks for rows inside the row. */
export default function RowsInput({
  children,
  ...input
}: Omit<ArrayInputProps, 'children'> & {
  /** What asks for the fields of one of them. */
  children: ReactNode
}) {
  return (
    <ArrayInput {...input}>
      <SimpleFormIterator inline disableReordering>
        {children}
      </SimpleFormIterator>
    </ArrayInput>
  )
}
