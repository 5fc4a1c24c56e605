import { Box, Button, Typography } from '@mui/material'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslate } from 'react-admin'
import { useNavigate } from 'react-router'
import { client } from '../client.ts'
import { dayText } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { type Day, filled, lastDays, movementTypes, totalOf } from './days.ts'
import { DaysTable } from './DaysTable.tsx'
import { movementsOf } from './movementsOf.ts'
import { Loading, Panel } from './Panel.tsx'
import { figuresStyle } from './Rows.tsx'
import { useTypeColours } from './useTypeColours.ts'
import { useFigures } from './useFigures.ts'

const DaysChart = lazy(() => import('./DaysChart.tsx'))

const dayCount = 30

/** How much moved on each of the last days. */
export function MovementsPanel() {
  const figures = useFigures('movements', async (signal) => {
    const { from, before, days } = lastDays(dayCount, new Date())
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const input = { from, before, timeZone, by: 'day', limit: dayCount } as const
    const { items } = await client.reports.movementSummary.query(input, { signal })
    return filled(days, items)
  })
  return (
    <Panel
      name="movements"
      to="/movements"
      columns={8}
      figures={figures}
      isEmpty={(days) => movementTypes.every((type) => totalOf(days, type) === 0)}
    >
      {(days) => <Days days={days} />}
    </Panel>
  )
}

function Days({ days }: { days: readonly Day[] }) {
  const translate = useTranslate()
  const navigate = useNavigate()
  const [pointedAt, setPointedAt] = useState<number | null>(null)
  const [isTable, setIsTable] = useState(false)
  const day = pointedAt === null ? undefined : days[pointedAt]
  return (
    <Box sx={{ position: 'relative' }}>
      <Legend days={day ? [day] : days} day={day?.day} />
      {!isTable && (
        <Box
          aria-hidden
          sx={{ cursor: day === undefined ? 'default' : 'pointer' }}
          onClick={() => day && void navigate(movementsOf(day.day))}
        >
          <Suspense fallback={<Loading />}>
            <DaysChart days={days} onPoint={setPointedAt} />
          </Suspense>
        </Box>
      )}
      {/* Whoever sees no picture reads the table at once. */}
      <Box sx={isTable ? { maxHeight: 260, overflow: 'auto' } : unseen} tabIndex={isTable ? 0 : -1}>
        <DaysTable days={days} isSeen={isTable} />
      </Box>
      <Button size="small" onClick={() => setIsTable(!isTable)}>
        {translate(isTable ? 'dashboard.movements.chart' : 'dashboard.movements.table')}
      </Button>
    </Box>
  )
}

const unseen = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const

/** What the colours mean, with the sums of all days or of the one that is pointed at. */
function Legend({ days, day }: { days: readonly Day[]; day: string | undefined }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const colours = useTypeColours()
  const numbers = useMemo(() => new Intl.NumberFormat(locale), [locale])
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.5, mb: 1 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary', minWidth: 110 }}>
        {day === undefined
          ? translate('dashboard.movements.days', { smart_count: days.length })
          : dayText(day, locale)}
      </Typography>
      {movementTypes.map((type) => (
        <Typography
          key={type}
          variant="body2"
          sx={{ ...figuresStyle, display: 'flex', alignItems: 'center', gap: 0.75 }}
        >
          <Box
            component="span"
            sx={{ width: 10, height: 10, borderRadius: 0.5, bgcolor: colours[type] }}
          />
          {translate(`dashboard.movements.${type}`)}
          <strong>{numbers.format(totalOf(days, type))}</strong>
        </Typography>
      ))}
    </Box>
  )
}
