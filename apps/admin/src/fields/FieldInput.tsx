import { lazy, Suspense, useState } from 'react'
import {
  AutocompleteArrayInput,
  AutocompleteInput,
  BooleanInput,
  DateInput,
  DateTimeInput,
  NumberInput,
  PasswordInput,
  ReferenceArrayInput,
  ReferenceInput,
  regex,
  required,
  SelectArrayInput,
  SelectInput,
  TextInput,
  type TextInputProps,
  useTranslate,
  type Validator,
} from 'react-admin'
import type { Field, FieldKind } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'
import { resourceOf } from '../resources/index.ts'
import { useResource } from '../resources/useResource.ts'
import { decimalInForm, parseDecimal, typedDecimal } from './formats.ts'
import { usePersonLocale } from './usePersonLocale.ts'

const RowsInput = lazy(() => import('./RowsInput.tsx'))
const ValuesInput = lazy(() => import('./ValuesInput.tsx'))
const CreateInDialog = lazy(() => import('./CreateInDialog.tsx'))

type FieldInputProps = {
  resource: Resource
  field: Field
  /** Narrows a list, so nothing is needed and nothing is made. Default `false`. */
  isFilter?: boolean
  /** Stays where it is when filters are added and taken away. Default `false`. */
  alwaysOn?: boolean
  /** The name that the form knows it by. Default: the field's own. */
  source?: string
  /** What it is called. Default: what the message of its source says. */
  label?: string
}

/** Asks for the value of one field, as its kind wants to be asked for. */
export function FieldInput({ resource, field, isFilter = false, ...given }: FieldInputProps) {
  const { name, kind } = field
  const source = given.source ?? name
  const isNeeded = field.required && !isFilter
  const shared = {
    source,
    ...(given.label !== undefined && { label: given.label }),
    // What is typed is judged by the server; only what is missing is told before.
    ...(isNeeded && { validate: required(), isRequired: true }),
    // A list has no place for what the server says of a filter.
    ...(isFilter && wellFormed[kind] && { validate: wellFormed[kind] }),
    ...(field.default !== undefined && !isFilter && { defaultValue: field.default }),
  }
  const named = resource.references?.[name]
  if (named !== undefined && kind === 'ids') {
    return (
      <ReferenceChoices {...shared} reference={named} filter={resource.referenceFilters?.[name]} />
    )
  }
  // Some rows are named by a number, which nobody looks for by a title.
  const reference = kind === 'id' ? named : undefined
  if (reference !== undefined) {
    return (
      <ReferenceChoice
        {...shared}
        reference={reference}
        filter={resource.referenceFilters?.[name]}
        isFilter={isFilter}
      />
    )
  }
  switch (kind) {
    case 'integer':
      return <NumberInput {...shared} step={1} {...limits(field)} />
    case 'decimal':
      return <DecimalInput {...shared} />
    case 'boolean':
      return isFilter ? <SelectInput {...shared} choices={yesOrNo} /> : <BooleanInput {...shared} />
    case 'day':
      return <DateInput {...shared} />
    case 'moment':
      return <DateTimeInput {...shared} />
    case 'choice':
      return <SelectInput {...shared} choices={choicesOf(field)} />
    case 'choices':
      return <SelectArrayInput {...shared} choices={choicesOf(field)} />
    case 'archived':
      return <SelectInput {...shared} choices={archivedChoices} />
    case 'longText':
      return <TextInput {...shared} multiline minRows={2} />
    case 'email':
      return <TextInput {...shared} type="email" />
    case 'program':
      return <TextInput {...shared} helperText="programText" slotProps={shownInFilters} />
    case 'password':
      return <PasswordInput {...shared} autoComplete="new-password" />
    case 'rows':
      return (
        <Suspense>
          <RowsInput {...shared}>
            {field.fields.map((inner) => (
              <FieldInput key={inner.name} resource={resource} field={inner} />
            ))}
          </RowsInput>
        </Suspense>
      )
    case 'texts':
      return (
        <Suspense>
          <ValuesInput {...shared} field={name} />
        </Suspense>
      )
    case 'audited':
    case 'done':
    case 'id':
    case 'ids':
    case 'text':
    case 'value':
      return <TextInput {...shared} />
  }
}

/** Asks for everything that a new row of the table is made of. */
export function CreateFields({ resource }: { resource: Resource }) {
  return resource.createFields.map((field) => (
    <FieldInput key={field.name} resource={resource} field={field} />
  ))
}

/** What is told of a filter while it is being typed. */
const wellFormed: Partial<Record<FieldKind, Validator>> = {
  decimal: regex(/^\d{1,20}(\.\d{1,10})?$/, 'validation.decimal'),
  integer: (value: unknown) =>
    value === null || value === '' || Number.isSafeInteger(value ?? 0)
      ? undefined
      : 'validation.integer',
}

function DecimalInput(shared: TextInputProps) {
  const locale = usePersonLocale()
  // Places that come while somebody types would be in the way.
  const [isTyping, setIsTyping] = useState(false)
  return (
    <TextInput
      {...shared}
      parse={parseDecimal}
      format={(value: unknown) =>
        isTyping ? typedDecimal(value, locale) : decimalInForm(value, locale)
      }
      onChange={() => setIsTyping(true)}
      onBlur={() => setIsTyping(false)}
      slotProps={decimalKeys}
    />
  )
}

/** The form of filters hides what its inputs explain. */
const shownInFilters = {
  formHelperText: { sx: { '&&&': { display: 'block', maxWidth: 260 } } },
} as const

const decimalKeys = { htmlInput: { inputMode: 'decimal' } } as const

const yesOrNo = [
  { id: true, name: 'yes' },
  { id: false, name: 'no' },
]

const archivedChoices = [
  { id: 'false', name: 'choices.archived.false' },
  { id: 'true', name: 'choices.archived.true' },
  { id: 'all', name: 'choices.archived.all' },
]

function choicesOf({ name, choices }: Field) {
  return choices.map((choice) => ({ id: choice, name: `choices.${name}.${choice}` }))
}

function limits({ minimum, maximum }: Field) {
  const isBound = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER
  return {
    ...(isBound(minimum) && { min: minimum }),
    ...(isBound(maximum) && { max: maximum }),
  }
}

function ReferenceChoice({
  reference,
  filter,
  isFilter,
  ...shared
}: {
  source: string
  label?: string
  reference: string
  filter: Readonly<Record<string, unknown>> | undefined
  isFilter: boolean
}) {
  const table = useResource(reference)
  if (table === undefined) return null
  const canBeMade = !isFilter && table.create !== undefined
  return (
    <ReferenceInput
      source={shared.source}
      reference={reference}
      {...(filter && { filter })}
      sort={table.order}
      perPage={25}
    >
      <AutocompleteInput
        {...shared}
        optionText={table.title ?? 'id'}
        filterToQuery={searching}
        {...(canBeMade && {
          create: (
            <Suspense>
              <CreateInDialog resource={table} given={filter}>
                <CreateFields resource={table} />
              </CreateInDialog>
            </Suspense>
          ),
        })}
      />
    </ReferenceInput>
  )
}

/** Asks for any number of rows. What none of them means is said below, where there are words for it. */
function ReferenceChoices({
  source,
  reference,
  filter,
}: {
  source: string
  reference: string
  filter: Readonly<Record<string, unknown>> | undefined
}) {
  const translate = useTranslate()
  const table = resourceOf(reference)
  const whenNone = translate(`noneChosen.${source}`, { _: '' })
  return (
    <ReferenceArrayInput
      source={source}
      reference={reference}
      {...(filter && { filter })}
      sort={table.order}
      perPage={25}
    >
      <AutocompleteArrayInput
        optionText={table.title ?? 'id'}
        filterToQuery={searching}
        helperText={whenNone === '' ? false : whenNone}
      />
    </ReferenceArrayInput>
  )
}

function searching(text: string) {
  return text === '' ? {} : { search: text }
}
