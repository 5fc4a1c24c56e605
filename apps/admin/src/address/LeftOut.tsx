import { Alert, AlertTitle } from '@mui/material'
import { useLocale, useTranslate } from 'react-admin'
import { shortened } from '../messages/shortened.ts'
import type { Resource } from '../resources/describe.ts'
import { type Asked, isObject } from './asked.ts'
import { pageSizes } from './judge.ts'
import { wrongFilters } from './wrongFilters.ts'

type LeftOutProps = {
  resource: Resource
  /** What an address asked for in vain, in the form of what it asked. */
  leftOut: Asked
  onClose: () => void
}

/** Tells what of an address a list could not do. */
export default function LeftOut({ resource, leftOut, onClose }: LeftOutProps) {
  const translate = useTranslate()
  const locale = useLocale()
  const { filter, sort, order, page, perPage } = leftOut
  const lines = [
    ...wrongFilters(resource, filter, { locale, translate }).map(({ name, value, why }) =>
      translate('address.filter', { name, value: shortened(value), why }),
    ),
    ...(filter !== undefined && !isObject(filter) ? [translate('address.filters')] : []),
    ...(sort !== undefined || order !== undefined
      ? [translate('address.sort', { value: shortened([sort, order].filter(Boolean).join(' ')) })]
      : []),
    ...(page === undefined ? [] : [translate('address.page', { value: shortened(String(page)) })]),
    ...(perPage === undefined
      ? []
      : [
          translate('address.perPage', {
            value: shortened(String(perPage)),
            sizes: pageSizes.join(', '),
          }),
        ]),
  ]
  return (
    <Alert severity="warning" onClose={onClose} sx={{ mt: 2 }}>
      <AlertTitle>{translate('address.leftOut')}</AlertTitle>
      <ul style={{ margin: 0, paddingLeft: 20, overflowWrap: 'anywhere' }}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Alert>
  )
}
