import { Alert, Box, Card, CardContent } from '@mui/material'
import { useQueryClient } from '@tanstack/react-query'
import {
  Form,
  PasswordInput,
  required,
  SaveButton,
  Title,
  useAuthProvider,
  useNotify,
  useRedirect,
  useTranslate,
} from 'react-admin'
import { usePanel } from '../actions/usePanel.ts'
import { CallError } from '../providers/CallError.ts'

/**
 * Where people choose their own password.
 * @param isForced nothing else can be done before. Default `false`
 */
export default function ChangePassword({ isForced = false }: { isForced?: boolean }) {
  const translate = useTranslate()
  const notify = useNotify()
  const redirect = useRedirect()
  const panel = usePanel()
  const authProvider = useAuthProvider()
  const queries = useQueryClient()

  async function change(values: object) {
    try {
      await panel.call('auth.changePassword', values)
    } catch (error) {
      if (error instanceof CallError && error.body.errors) return error.body.errors as object
      if (error instanceof CallError && error.refusal.code === 'SIGN_IN_FAILED') {
        return { currentPassword: translate('auth.wrongPassword') }
      }
      notify(error instanceof Error ? error.message : String(error), { type: 'error' })
      return undefined
    }
    notify('auth.passwordChanged', { type: 'success' })
    await authProvider?.forgetIdentity()
    await queries.invalidateQueries()
    redirect('/')
    return undefined
  }

  return (
    <Box sx={{ maxWidth: 480, mt: 2 }}>
      <Title title="auth.changePassword" />
      {isForced && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {translate('auth.mustChange')}
        </Alert>
      )}
      <Card>
        <CardContent>
          <Form record={{}} onSubmit={change}>
            <PasswordInput
              source="currentPassword"
              label="fields.currentPassword"
              autoComplete="current-password"
              validate={required()}
            />
            <PasswordInput
              source="newPassword"
              label="fields.newPassword"
              autoComplete="new-password"
              validate={required()}
            />
            <SaveButton alwaysEnable label={translate('auth.changePassword')} />
          </Form>
        </CardContent>
      </Card>
    </Box>
  )
}
