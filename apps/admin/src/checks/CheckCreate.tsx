import { Box, Typography } from '@mui/material'
import {
  AutocompleteArrayInput,
  BooleanInput,
  Create,
  ReferenceArrayInput,
  required,
  SelectArrayInput,
  SimpleForm,
  TextInput,
  useTranslate,
} from 'react-admin'
import { parseDecimal } from '../fields/formats.ts'

/** Opens an inventory check: what is counted, and how variances are judged. */
export default function CheckCreate() {
  const translate = useTranslate()
  return (
    <Create redirect="show" transform={withoutEmptyScope}>
      <SimpleForm sx={{ maxWidth: 760 }} defaultValues={defaults}>
        <TextInput source="title" validate={required()} />
        <Section title={translate('checks.new.what')} text={translate('checks.new.whatText')} />
        <Rows source="scope.locationIds" reference="locations" label="locations" text="code" />
        <Rows source="scope.categoryIds" reference="categories" label="categories" text="name" />
        <Rows source="scope.productIds" reference="products" label="products" text="name" />
        <SelectArrayInput
          source="scope.abcClasses"
          label="checks.new.classes"
          choices={abcClasses}
          translateChoice={false}
        />
        <BooleanInput source="includeZero" />
        <Section title={translate('checks.new.how')} text={translate('checks.new.recountHint')} />
        <BooleanInput source="isBlind" helperText="checks.blind" />
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: { sm: '1fr 1fr 1fr' },
            gap: 1,
            width: '100%',
          }}
        >
          <TextInput source="acceptPercent" label="checks.new.acceptPercent" parse={parseDecimal} />
          <TextInput source="acceptValue" label="checks.new.acceptValue" parse={parseDecimal} />
          <TextInput
            source="recountPercent"
            label="checks.new.recountPercent"
            parse={parseDecimal}
          />
        </Box>
      </SimpleForm>
    </Create>
  )
}

const defaults = {
  isBlind: true,
  includeZero: false,
  acceptPercent: '0',
  acceptValue: '0',
  recountPercent: '0',
}

const abcClasses = ['A', 'B', 'C'].map((id) => ({ id, name: id }))

function Section({ title, text }: { title: string; text: string }) {
  return (
    <Box sx={{ mt: 2, mb: 0.5 }}>
      <Typography variant="h6" component="h3">
        {title}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {text}
      </Typography>
    </Box>
  )
}

function Rows({
  source,
  reference,
  label,
  text,
}: {
  source: string
  reference: string
  label: 'locations' | 'categories' | 'products'
  /** The field that a row is called by. */
  text: string
}) {
  return (
    <ReferenceArrayInput source={source} reference={reference}>
      <AutocompleteArrayInput
        label={`checks.new.${label}`}
        optionText={text}
        filterToQuery={(search: string) => (search === '' ? {} : { search })}
      />
    </ReferenceArrayInput>
  )
}

/** What was not chosen is left out: an empty choice would be one of nothing. */
function withoutEmptyScope(data: Record<string, unknown>): Record<string, unknown> {
  const scope = Object.entries((data.scope ?? {}) as Record<string, unknown>).filter(
    ([, chosen]) => Array.isArray(chosen) && chosen.length > 0,
  )
  return { ...data, scope: Object.fromEntries(scope) }
}
