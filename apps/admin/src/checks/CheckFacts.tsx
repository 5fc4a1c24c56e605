import { Chip, Stack, Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import { decimalText, momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { useRowNames } from '../fields/useRowNames.ts'
import { limitsOf } from './limits.ts'
import type { Check } from './types.ts'

const colours = {
  open: 'info',
  review: 'warning',
  posted: 'success',
  cancelled: 'default',
} as const

/** What a check is about, and the rules it is judged by. */
export function CheckFacts({ check }: { check: Check }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const moment = (at: Date) => at.toLocaleString(locale, momentFormat)
  const { approvedAt, approvedByName, status } = check
  const limits = {
    percent: decimalText(shortest(check.acceptPercent), locale, 0),
    value: decimalText(shortest(check.acceptValue), locale),
    recount: decimalText(shortest(check.recountPercent), locale, 0),
  }
  return (
    <Stack spacing={0.5}>
      <Stack
        direction="row"
        spacing={1.5}
        useFlexGap
        sx={{ alignItems: 'center', flexWrap: 'wrap' }}
      >
        <Typography variant="h5" component="h2">
          {check.title}
        </Typography>
        <Chip
          variant="outlined"
          color={colours[status]}
          label={translate(`checks.status.${status}`)}
        />
        {status === 'open' && <Chip label={translate('checks.round', { round: check.round })} />}
      </Stack>
      <Fact>
        {translate('checks.opened', { name: check.openedByName, moment: moment(check.createdAt) })}
      </Fact>
      {approvedAt !== null && (
        <Fact>
          {translate('checks.approved', { name: approvedByName, moment: moment(approvedAt) })}
        </Fact>
      )}
      <Fact>
        {translate('checks.scope')}: <Scope scope={check.scope} />
      </Fact>
      <Fact>{translate(check.isBlind ? 'checks.blind' : 'checks.sighted')}</Fact>
      <Fact>
        {limitsOf(check)
          .map((limit) => translate(limit, limits))
          .join(' ')}
      </Fact>
      {check.remark !== null && (
        <Fact>
          {translate('checks.remark')}: {check.remark}
        </Fact>
      )}
    </Stack>
  )
}

function Fact({ children }: { children: React.ReactNode }) {
  return <Typography sx={{ color: 'text.secondary' }}>{children}</Typography>
}

/** More names than these make nobody wiser. */
const mostNames = 8

function Scope({ scope }: { scope: Check['scope'] }) {
  const translate = useTranslate()
  const { locationIds = [], categoryIds = [], productIds = [], abcClasses = [] } = scope
  const parts = [
    useNames('locations', locationIds),
    useNames('categories', categoryIds),
    useNames('products', productIds),
    abcClasses.length === 0 ? '' : translate('checks.abc', { classes: abcClasses.join(', ') }),
  ].filter((part) => part !== '')
  return <>{parts.length === 0 ? translate('checks.everything') : parts.join('; ')}</>
}

function useNames(resource: string, ids: readonly string[]): string {
  const translate = useTranslate()
  const shown = ids.slice(0, mostNames)
  const names = useRowNames(resource, shown)
  if (ids.length === 0) return ''
  const more = ids.length - shown.length
  if (more > 0) names.push(translate('checks.andMore', { smart_count: more }))
  return names.filter((name) => name !== '').join(', ')
}

/** A decimal without zeros that say nothing. */
function shortest(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
