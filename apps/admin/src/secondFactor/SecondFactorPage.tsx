import { Box, Card, CardContent } from '@mui/material'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Loading, Title } from 'react-admin'
import { usePanel } from '../actions/usePanel.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { RemoveForm } from './RemoveForm.tsx'
import { SetUpForm } from './SetUpForm.tsx'
import type { Status } from './types.ts'

/** Where people have their own sign-in ask for a code of their authenticator app, too. */
export default function SecondFactorPage() {
  const panel = usePanel()
  const queries = useQueryClient()
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null)
  const { data: status } = useQuery({
    queryKey: ['secondFactor.status'],
    queryFn: () => panel.call('secondFactor.status', {}) as Promise<Status>,
  })
  const readAgain = () => queries.invalidateQueries()

  async function confirmed(codes: readonly string[]) {
    setRecoveryCodes(codes)
    await readAgain()
  }

  return (
    <Box sx={{ maxWidth: 560, mt: 2 }}>
      <Title title="secondFactor.title" />
      <Card>
        <CardContent>
          {recoveryCodes ? (
            <RecoveryCodes codes={recoveryCodes} onKept={() => setRecoveryCodes(null)} />
          ) : !status ? (
            <Loading />
          ) : status.since ? (
            <RemoveForm status={{ ...status, since: status.since }} onRemoved={readAgain} />
          ) : (
            <SetUpForm onConfirmed={confirmed} />
          )}
        </CardContent>
      </Card>
    </Box>
  )
}
