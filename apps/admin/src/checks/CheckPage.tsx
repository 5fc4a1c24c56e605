import { Alert, Card, CardContent, LinearProgress, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { Title, useGetIdentity, useLocaleState, useTranslate } from 'react-admin'
import { useParams } from 'react-router'
import Attachments from '../attachments/Attachments.tsx'
import { History } from '../history/History.tsx'
import type { PanelIdentity } from '../providers/authProvider.ts'
import { isNoSuchRow } from '../providers/CallError.ts'
import { failureText } from '../providers/failureText.ts'
import { CheckActions } from './CheckActions.tsx'
import { CheckFacts } from './CheckFacts.tsx'
import { CheckLines } from './CheckLines.tsx'
import { CheckPlaces, CheckReport } from './CheckReport.tsx'
import type { Check } from './types.ts'
import { useCheck } from './useCheck.ts'

/** One inventory check: how far it is, where counts and book differ, and what is to be done with it. */
export default function CheckPage() {
  const { id = '' } = useParams()
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const { data: check, error } = useCheck(id)
  if (error !== null) {
    return (
      <Alert severity="error" sx={{ mt: 2 }}>
        {isNoSuchRow(error)
          ? translate('errors.NOT_FOUND')
          : failureText(error, { locale, translate })}
      </Alert>
    )
  }
  if (check === undefined) return <LinearProgress aria-label={translate('ra.page.loading')} />
  return <CheckSheet check={check} />
}

function CheckSheet({ check }: { check: Check }) {
  const translate = useTranslate()
  const { identity } = useGetIdentity()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const isAdmin = (identity as PanelIdentity | undefined)?.role === 'admin'
  const isCounted = check.status === 'review' || check.status === 'posted'
  const counted = check.lines - check.toCount
  return (
    <Stack spacing={2} sx={{ mt: 2, mb: 4 }}>
      <Title title={check.title} />
      <Card>
        <CardContent>
          <Stack spacing={2}>
            <CheckFacts check={check} />
            {check.status === 'open' && (
              <div>
                <Typography variant="body2" sx={{ mb: 0.5 }}>
                  {translate('checks.progress', { counted, lines: check.lines })}
                </Typography>
                <LinearProgress
                  variant="determinate"
                  value={check.lines === 0 ? 0 : (counted / check.lines) * 100}
                  aria-label={translate('checks.progress', { counted, lines: check.lines })}
                  sx={{ height: 8, borderRadius: 4 }}
                />
              </div>
            )}
            <CheckActions
              check={check}
              isAdmin={isAdmin}
              userId={identity?.id}
              selected={selected}
              onDone={() => setSelected(new Set())}
            />
          </Stack>
        </CardContent>
      </Card>
      {isAdmin && isCounted && <CheckReport check={check} />}
      <Card>
        <CardContent>
          <CheckLines
            key={check.status}
            check={check}
            mayCompare={isCounted && (isAdmin || !check.isBlind)}
            maySelect={isAdmin && check.status === 'review'}
            selected={selected}
            onSelect={setSelected}
          />
        </CardContent>
      </Card>
      {isAdmin && isCounted && <CheckPlaces check={check} />}
      <Card>
        <CardContent>
          <Typography variant="h6" component="h2">
            {translate('attachments.tab')}
          </Typography>
          <Attachments row={{ entity: 'check', entityId: check.id }} />
        </CardContent>
      </Card>
      {isAdmin && (
        <Card>
          <CardContent>
            <Typography variant="h6" component="h2">
              {translate('history.tab')}
            </Typography>
            <History entity="check" entityId={check.id} />
          </CardContent>
        </Card>
      )}
    </Stack>
  )
}
