import { Button, CardContent } from '@mui/material'
import { useState } from 'react'
import {
  Form,
  PasswordInput,
  required,
  TextInput,
  useLogin,
  useNotify,
  useTranslate,
} from 'react-admin'
import { CodeWanted } from '../providers/CodeWanted.ts'

/** Asks for a name and a password, and for a code once the server has said that it wants one. */
export function SignInForm() {
  const [wantsCode, setWantsCode] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const login = useLogin()
  const notify = useNotify()
  const translate = useTranslate()

  async function submit(values: object) {
    setIsBusy(true)
    try {
      await login(values)
    } catch (error) {
      if (error instanceof CodeWanted) setWantsCode(true)
      else notify(error instanceof Error ? error.message : String(error), { type: 'error' })
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <Form onSubmit={submit} noValidate>
      <CardContent>
        <TextInput
          source="username"
          label="ra.auth.username"
          autoComplete="username"
          validate={required()}
          autoFocus
        />
        <PasswordInput
          source="password"
          label="ra.auth.password"
          autoComplete="current-password"
          validate={required()}
        />
        {wantsCode && (
          <TextInput
            source="code"
            label="secondFactor.code"
            helperText="secondFactor.codeHelp"
            autoComplete="one-time-code"
            validate={required()}
            autoFocus
          />
        )}
        <Button type="submit" variant="contained" fullWidth disabled={isBusy} sx={{ mt: 2 }}>
          {translate('ra.auth.sign_in')}
        </Button>
      </CardContent>
    </Form>
  )
}
