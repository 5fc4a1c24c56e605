import { MenuItem, Stack, TextField } from '@mui/material'
import { useState } from 'react'
import { useListContext, useTranslate } from 'react-admin'
import { get, useFormContext, useWatch } from 'react-hook-form'
import type { Condition } from '../contract/conditions.ts'
import { FieldInput } from '../fields/FieldInput.tsx'
import type { Resource } from '../resources/describe.ts'
import { labelOf } from './labelOf.ts'
import {
  type ConditionValues,
  covers,
  momentsOf,
  operatorsIn,
  type Way,
  wayFor,
  waysOf,
  wholeDay,
} from './ways.ts'

/** Asks how a field is to be, and with which value. */
export function ConditionInput({ table, condition }: { table: Resource; condition: Condition }) {
  const { name } = condition
  const source = `where.${name}`
  const translate = useTranslate()
  const { setValue } = useFormContext()
  const { filterValues } = useListContext()
  // The form of an address that has just been opened does not know yet what no input has asked for.
  const values = (useWatch({ name: source }) || get(filterValues, source) || {}) as ConditionValues
  const [chosen, setChosen] = useState<Way | null>(null)
  const isReference = isReferenceIn(table, condition)
  const ways = waysOf(condition, isReference)
  const isEmpty = operatorsIn(values).length === 0
  const way =
    chosen && (isEmpty || covers(chosen, values))
      ? chosen
      : isEmpty
        ? ways[0]!
        : wayFor(ways, condition, values)
  const label = translate(labelOf(table, name))
  const isProgram = table.fields.some((field) => field.name === name && field.kind === 'program')
  const wordFor = (operator: string) =>
    translate(isOfTime(condition) ? `operators.time.${operator}` : `operators.${operator}`)

  function choose(next: Way) {
    const [before, ...more] = operatorsIn(values)
    const kept = more.length === 0 && next.operators.length === 1 ? before : undefined
    const to = next.operators[0]
    setChosen(next)
    const given = condition.operators.find((operator) => operator.name === before)
    const value = kept && given?.kind === to?.kind ? values[kept] : undefined
    // An empty text tells the list to forget a value; one that is merely not there would stay.
    for (const operator of operatorsIn(values)) setValue(`${source}.${operator}`, '')
    if (to && value !== undefined) setValue(`${source}.${to.name}`, value)
    for (const [operator, fixed] of Object.entries(next.fixed ?? {})) {
      setValue(`${source}.${operator}`, fixed)
    }
  }

  return (
    <Stack
      direction="row"
      spacing={1}
      useFlexGap
      sx={{ alignItems: 'flex-end', flexWrap: { xs: 'wrap', sm: 'nowrap' } }}
    >
      {(ways.length > 1 || way.name === 'several') && (
        <TextField
          select
          size="small"
          label={way.fixed ? label : translate('operators.condition', { field: label })}
          value={way.name}
          onChange={({ target }) =>
            choose(ways.find((other) => other.name === target.value) ?? way)
          }
          sx={{ minWidth: 150 }}
        >
          {(way.name === 'several' ? [way, ...ways] : ways).map((other) => (
            <MenuItem key={other.name} value={other.name}>
              {wordFor(other.name)}
            </MenuItem>
          ))}
        </TextField>
      )}
      {way.isDay ? (
        <DayOfMoments source={source} label={label} values={values} />
      ) : (
        way.operators.map((operator) => (
          <FieldInput
            key={operator.name}
            resource={table}
            field={{ ...operator, name, ...(isProgram && { kind: 'program' }) }}
            source={`${source}.${operator.name}`}
            label={way.operators.length > 1 ? `${label}: ${wordFor(operator.name)}` : label}
            isFilter
          />
        ))
      )}
    </Stack>
  )
}

const isReferenceIn = ({ references }: Resource, { name, operators }: Condition) =>
  references?.[name] !== undefined &&
  operators.some(
    ({ name: operator, kind }) => ['equals', 'includes'].includes(operator) && kind === 'id',
  )

const isOfTime = ({ operators }: Condition) =>
  operators.some(({ kind }) => kind === 'day' || kind === 'moment')

/** Asks for a day, and narrows to its moments. */
function DayOfMoments({
  source,
  label,
  values,
}: {
  source: string
  label: string
  values: ConditionValues
}) {
  const { setValue } = useFormContext()
  function choose(day: string) {
    const moments = momentsOf(day)
    setValue(`${source}.atLeast`, moments?.atLeast ?? '')
    setValue(`${source}.lessThan`, moments?.lessThan ?? '')
  }
  return (
    <TextField
      type="date"
      size="small"
      label={label}
      value={wholeDay(values) ?? ''}
      onChange={({ target }) => choose(target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}
