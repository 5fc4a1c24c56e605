import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useTranslate } from 'react-admin'
import { dayText } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { type Day, movementTypes } from './days.ts'
import { figuresStyle } from './Rows.tsx'

/** The same as the chart, in numbers. */
export function DaysTable({ days }: { days: readonly Day[] }) {
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
              {dayText(day.day, locale)}
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
