import { Typography } from '@mui/material'
import { Form, PasswordInput, required, SaveButton, useNotify, useTranslate } from 'react-admin'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { CodeInput } from './CodeInput.tsx'
import type { Status } from './types.ts'
import { useCall } from './useCall.ts'

/** Says that sign-in asks for a code, and takes that away with the password and a code. */
export function RemoveForm({
  status: { since, recoveryCodes },
  onRemoved,
}: {
  status: Status & { since: Date }
  onRemoved: () => unknown
}) {
  const translate = useTranslate()
  const notify = useNotify()
  const locale = usePersonLocale()
  const call = useCall()

  async function removed() {
    notify('secondFactor.removed', { type: 'success' })
    await onRemoved()
  }

  return (
    <Form record={{}} onSubmit={(values: object) => call('secondFactor.remove', values, removed)}>
      <Typography>
        {translate('secondFactor.since', {
          moment: new Intl.DateTimeFormat(locale, momentFormat).format(since),
        })}
      </Typography>
      <Typography sx={{ mb: 2 }}>
        {translate('secondFactor.left', { smart_count: recoveryCodes })}
      </Typography>
      <PasswordInput
        source="password"
        label="fields.currentPassword"
        autoComplete="current-password"
        validate={required()}
      />
      <CodeInput helperText="secondFactor.codeHelp" />
      <SaveButton alwaysEnable icon={<></>} label="secondFactor.remove" />
    </Form>
  )
}
