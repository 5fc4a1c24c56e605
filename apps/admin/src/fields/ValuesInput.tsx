import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AutocompleteArrayInput } from 'react-admin'
import { useWatch } from 'react-hook-form'
import { usePanel } from '../actions/usePanel.ts'
import type { ProcedureName } from '../contract/procedures.ts'

/** Which procedure tells the values of a field, whatever list it is narrowed in. */
const toldBy: Readonly<Record<string, ProcedureName>> = {
  baseUnit: 'products.values',
  country: 'partners.values',
}

type Values = { values: string[]; isComplete: boolean }

/** Asks for any of the texts that rows have in a field. */
export default function ValuesInput({
  source,
  field,
  ...shared
}: {
  source: string
  field: string
  label?: string
}) {
  const panel = usePanel()
  const [typed, setTyped] = useState('')
  const procedure = toldBy[field]
  const { data, isPending, error } = useQuery({
    queryKey: ['values', procedure, field, typed],
    queryFn: () =>
      panel.call(procedure!, {
        field,
        ...(typed !== '' && { contains: typed }),
      }) as Promise<Values>,
    enabled: procedure !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  // What an address names may be no value any more: it narrows the list, so it is shown.
  const chosen = (useWatch({ name: source }) || []) as readonly string[]
  const values = new Set([...chosen, ...(data?.values ?? [])])
  return (
    <AutocompleteArrayInput
      {...shared}
      source={source}
      choices={[...values].map((value) => ({ id: value, name: value }))}
      translateChoice={false}
      setFilter={setTyped}
      isPending={isPending}
      helperText={error?.message ?? false}
    />
  )
}
