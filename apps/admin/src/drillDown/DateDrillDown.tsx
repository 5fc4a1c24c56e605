import { Box, Link } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider, useListContext, useTranslate } from 'react-admin'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { labelOf } from '../filters/labelOf.ts'
import {
  momentsIn,
  pathTo,
  type Period,
  periodOf,
  periodsIn,
  startOf,
  yearsWith,
} from '../filters/periods.ts'
import { type ConditionValues, operatorsIn } from '../filters/ways.ts'
import type { Resource } from '../resources/describe.ts'

type Conditions = Readonly<Record<string, ConditionValues>>

/** Leads from all rows to those of a year, of a month of it and of a day, and back. */
export default function DateDrillDown({ resource, field }: { resource: Resource; field: string }) {
  const { filterValues, displayedFilters, setFilters } = useListContext()
  const translate = useTranslate()
  const locale = usePersonLocale()
  const { [field]: chosen = {}, ...others } = (filterValues.where ?? {}) as Conditions
  const period = periodOf(chosen)
  const parts = usePartsWithRows(resource, field, period, { ...filterValues, where: others })
  if (period === null && !parts?.length) return null

  function narrowTo(next: Period | null) {
    const { [`where.${field}`]: _, ...displayed } = displayedFilters
    const where = next === null ? others : { ...others, [field]: momentsIn(next) }
    setFilters(
      { ...filterValues, where },
      next === null ? displayed : { ...displayed, [`where.${field}`]: true },
    )
  }

  const path: (Period | null)[] = [null, ...(period === null ? [] : pathTo(period))]
  // By its filter the list can be narrowed to dates that make no period: then it stands nowhere here.
  const isPlaced = period !== null || operatorsIn(chosen).length === 0
  return (
    <Box
      component="nav"
      aria-label={translate('drillDown.label', { field: translate(labelOf(resource, field)) })}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', px: 1, py: 0.5 }}
    >
      {path.map((one, index) => {
        const isLast = index === path.length - 1 && isPlaced
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
      {parts && (
        <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap' }}>
          {parts.map((one) => (
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

/** The next smaller periods that have rows or lie between such. `undefined`: it is not known yet. */
function usePartsWithRows(
  resource: Resource,
  field: string,
  period: Period | null,
  filter: { where: Conditions },
): Period[] | undefined {
  const { getList } = useDataProvider()
  const { name, sorts, order: usual } = resource
  const sort = sorts.includes(field) ? field : usual.field
  const { data } = useQuery({
    // Beside the list's own, so that it is asked anew whenever that is.
    queryKey: [name, 'getList', 'periods', { field, period, filter, sort }],
    async queryFn({ signal }) {
      async function end(order: 'ASC' | 'DESC', moments?: ConditionValues) {
        const { where } = filter
        const { data: rows } = await getList(name, {
          pagination: { page: 1, perPage: 1 },
          sort: { field: sort, order },
          filter: { ...filter, where: moments ? { ...where, [field]: moments } : where },
          signal,
        })
        return rows[0] ? new Date(rows[0][field]) : null
      }
      if (period === null) {
        return yearsWith((moment) => end('DESC', moment && { lessThan: moment.toISOString() }))
      }
      const moments = momentsIn(period)
      const [first, last] = await Promise.all([end('ASC', moments), end('DESC', moments)])
      return first && last ? periodsIn(period, first, last) : []
    },
  })
  return data
}

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
