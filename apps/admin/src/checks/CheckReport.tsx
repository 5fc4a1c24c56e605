import {
  Box,
  Card,
  CardContent,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { useTranslate } from 'react-admin'
import { decimalText } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { Scrolling } from '../layout/Scrolling.tsx'
import { percentText } from './percentText.ts'
import type { Check, CheckReport as Report } from './types.ts'
import { useCheckReport } from './useCheck.ts'

/** How right the book was, over all. */
export function CheckReport({ check }: { check: Check }) {
  const translate = useTranslate()
  const { data: report } = useCheckReport(check.id, true)
  if (report === undefined) return null
  return (
    <Card>
      <CardContent>
        <Typography variant="h6" component="h3" sx={{ mb: 1.5 }}>
          {translate('checks.report')}
        </Typography>
        <Figures report={report} />
      </CardContent>
    </Card>
  )
}

/** How right the book was at each place. */
export function CheckPlaces({ check }: { check: Check }) {
  const translate = useTranslate()
  const { data: report } = useCheckReport(check.id, true)
  if (report === undefined || report.locations.length < 2) return null
  return (
    <Card>
      <CardContent>
        <Typography variant="h6" component="h3">
          {translate('checks.report')}: {translate('checks.byPlace')}
        </Typography>
        <Places report={report} />
      </CardContent>
    </Card>
  )
}

function Figures({ report }: { report: Report }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const units = (value: number, sign: boolean) =>
    translate('checks.units', {
      units: value.toLocaleString(locale, { signDisplay: sign ? 'exceptZero' : 'auto' }),
    })
  const { accuracyPercent, exact, counted } = report
  const figures = [
    {
      label: translate('checks.accuracy'),
      figure: accuracyPercent === null ? '—' : `${percentText(accuracyPercent, locale)} %`,
      below: translate('checks.accuracyOf', { exact, counted }),
    },
    {
      label: translate('checks.net'),
      figure: decimalText(report.netValue, locale),
      below: units(report.netUnits, true),
    },
    {
      label: translate('checks.absolute'),
      figure: decimalText(report.absoluteValue, locale),
      below: units(report.absoluteUnits, false),
    },
  ]
  return (
    <Box
      sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))', gap: 2 }}
    >
      {figures.map(({ label, figure, below }) => (
        <div key={label}>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {label}
          </Typography>
          <Typography variant="h5" component="p" sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {figure}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {below}
          </Typography>
        </div>
      ))}
    </Box>
  )
}

function Places({ report }: { report: Report }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  return (
    <Scrolling label={translate('checks.byPlace')}>
      <Table size="small" aria-label={translate('checks.byPlace')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('checks.place')}</TableCell>
            <TableCell align="right">{translate('checks.lines')}</TableCell>
            <TableCell align="right">{translate('checks.accuracy')}, %</TableCell>
            <TableCell align="right">{translate('checks.net')}</TableCell>
            <TableCell align="right">{translate('checks.absolute')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody sx={{ '& td': { fontVariantNumeric: 'tabular-nums' } }}>
          {report.locations.map((place) => (
            <TableRow key={place.locationId}>
              <TableCell component="th" scope="row">
                {place.locationCode}
              </TableCell>
              <TableCell align="right">{place.counted.toLocaleString(locale)}</TableCell>
              <TableCell align="right">
                {place.accuracyPercent === null ? '—' : percentText(place.accuracyPercent, locale)}
              </TableCell>
              <TableCell align="right">{decimalText(place.netValue, locale)}</TableCell>
              <TableCell align="right">{decimalText(place.absoluteValue, locale)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scrolling>
  )
}
