import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useTranslate } from 'react-admin'
import { dayText } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { type Day, movementTypes } from './days.ts'
import { movementsOf } from './movementsOf.ts'
import { figuresStyle, RowLink } from './Rows.tsx'

/**
 * The same as the chart, in numbers.
 * @param isSeen each day leads to its movements: nobody can follow a link out of sight
 */
export function DaysTable({ days, isSeen }: { days: readonly Day[]; isSeen: boolean }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  return (
    <Table size="small" stickyHeader aria-label={translate('dashboard.movements.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('dashboard.movements.day')}</TableCell>
          {movementTypes.map((type) => (
            <TableCell key={type} align="right">
              {translate(`dashboard.movements.${type}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {days.toReversed().map((day) => (
          <TableRow key={day.day}>
            <TableCell component="th" scope="row">
              {isSeen ? (
                <RowLink to={movementsOf(day.day)}>{dayText(day.day, locale)}</RowLink>
              ) : (
                dayText(day.day, locale)
              )}
            </TableCell>
            {movementTypes.map((type) => (
              <TableCell key={type} align="right" sx={figuresStyle}>
                {day[type].toLocaleString(locale)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
