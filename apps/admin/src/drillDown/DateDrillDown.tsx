import { Box, Link } from '@mui/material'
import { useGetList, useListContext, useTranslate } from 'react-admin'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { labelOf } from '../filters/labelOf.ts'
import { momentsIn, pathTo, type Period, periodOf, periodsIn, startOf } from '../filters/periods.ts'
import type { ConditionValues } from '../filters/ways.ts'
import type { Resource } from '../resources/describe.ts'

type Conditions = Readonly<Record<string, ConditionValues>>

/** Leads from all rows to those of a year, of a month of it and of a day, and back. */
export default function DateDrillDown({ resource, field }: { resource: Resource; field: string }) {
  const { filterValues, displayedFilters, setFilters } = useListContext()
  const translate = useTranslate()
  const locale = usePersonLocale()
  const { [field]: chosen = {}, ...others } = (filterValues.where ?? {}) as Conditions
  const period = periodOf(chosen)
  const ends = useEnds(resource, field, { ...filterValues, where: others })
  if (period === null && ends === null) return null

  function narrowTo(next: Period | null) {
    const { [`where.${field}`]: _, ...displayed } = displayedFilters
    const where = next === null ? others : { ...others, [field]: momentsIn(next) }
    setFilters(
      { ...filterValues, where },
      next === null ? displayed : { ...displayed, [`where.${field}`]: true },
    )
  }

  const path: (Period | null)[] = [null, ...(period === null ? [] : pathTo(period))]
  return (
    <Box
      component="nav"
      aria-label={translate('drillDown.label', { field: translate(labelOf(resource, field)) })}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', px: 1, py: 0.5 }}
    >
      {path.map((one, index) => {
        const isLast = index === path.length - 1
        return (
          <Box key={index} component="span" sx={{ display: 'inline-flex', alignItems: 'center' }}>
            {index > 0 && (
              <Box component="span" aria-hidden sx={{ color: 'text.secondary' }}>
                ›
              </Box>
            )}
            <Link
              {...buttonLook}
              onClick={() => narrowTo(one)}
              {...(isLast && { 'aria-current': 'true', color: 'inherit' })}
            >
              {one === null ? translate('drillDown.all') : nameOf(one, locale)}
            </Link>
          </Box>
        )
      })}
      {ends && (
        <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap' }}>
          {periodsIn(period, ends.first, ends.last).map((one) => (
            <Link
              key={startOf(one).getTime()}
              {...buttonLook}
              aria-label={wholeNameOf(one, locale)}
              onClick={() => narrowTo(one)}
            >
              {nameOf(one, locale)}
            </Link>
          ))}
        </Box>
      )}
    </Box>
  )
}

/** A button's part in the page, and no more of its looks than a line of thirty has room for. */
const buttonLook = {
  component: 'button',
  type: 'button',
  variant: 'body2',
  underline: 'hover',
  sx: { px: 1, py: 0.75 },
} as const

/** When the first and the last of the rows are dated. `null`: there are none, or it is not known yet. */
function useEnds(resource: Resource, field: string, filter: object) {
  const sort = resource.sorts.includes(field) ? field : resource.order.field
  const pagination = { page: 1, perPage: 1 }
  const first = useGetList(
    resource.name,
    { sort: { field: sort, order: 'ASC' }, pagination, filter },
    quiet,
  )
  const last = useGetList(
    resource.name,
    { sort: { field: sort, order: 'DESC' }, pagination, filter },
    quiet,
  )
  const [firstRow, lastRow] = [first.data?.[0], last.data?.[0]]
  if (!firstRow || !lastRow) return null
  return { first: new Date(firstRow[field]), last: new Date(lastRow[field]) }
}

/** The list itself says what went wrong. */
const quiet = { onError: () => undefined }

/** `2026`, `November` or `29`: what it stands in is said before. */
function nameOf(period: Period, locale: string): string {
  if (period.day !== undefined) return inWords(period, locale, { day: 'numeric' })
  if (period.month !== undefined) return inWords(period, locale, { month: 'long' })
  return String(period.year)
}

function wholeNameOf(period: Period, locale: string): string {
  if (period.day !== undefined) return inWords(period, locale, { dateStyle: 'long' })
  if (period.month !== undefined) return inWords(period, locale, { month: 'long', year: 'numeric' })
  return String(period.year)
}

const inWords = (period: Period, locale: string, format: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, format).format(startOf(period))
