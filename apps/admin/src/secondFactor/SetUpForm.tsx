import { Box, Typography } from '@mui/material'
import { useState } from 'react'
import { Form, PasswordInput, required, SaveButton, useTranslate } from 'react-admin'
import { CodeInput } from './CodeInput.tsx'
import { SecretSymbol } from './SecretSymbol.tsx'
import type { Begun, Confirmed } from './types.ts'
import { useCall } from './useCall.ts'

/** First the password, then what the app reads, then the code that the app shows. */
export function SetUpForm({
  onConfirmed,
}: {
  onConfirmed: (recoveryCodes: readonly string[]) => unknown
}) {
  const translate = useTranslate()
  const call = useCall()
  const [begun, setBegun] = useState<Begun | null>(null)

  if (!begun) {
    return (
      <Form
        key="begin"
        record={{}}
        onSubmit={(values: object) => call<Begun>('secondFactor.begin', values, setBegun)}
      >
        <Typography sx={{ mb: 2 }}>{translate('secondFactor.what')}</Typography>
        <PasswordInput
          source="password"
          label="fields.currentPassword"
          autoComplete="current-password"
          validate={required()}
        />
        <SaveButton alwaysEnable icon={<></>} label="secondFactor.begin" />
      </Form>
    )
  }
  return (
    <Form
      key="confirm"
      record={{}}
      onSubmit={(values: object) =>
        call<Confirmed>('secondFactor.confirm', values, (answer) =>
          onConfirmed(answer.recoveryCodes),
        )
      }
    >
      <Typography>{translate('secondFactor.readSymbol')}</Typography>
      <SecretSymbol uri={begun.uri} />
      <Typography>{translate('secondFactor.orType')}</Typography>
      <Box component="code" sx={{ display: 'block', my: 1, overflowWrap: 'anywhere' }}>
        {begun.secret}
      </Box>
      <CodeInput />
      <SaveButton alwaysEnable icon={<></>} label="secondFactor.confirm" />
    </Form>
  )
}
