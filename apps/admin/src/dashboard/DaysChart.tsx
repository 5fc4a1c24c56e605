import { Box, useTheme } from '@mui/material'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { type Day, movementTypes } from './days.ts'
import { useTypeColours } from './useTypeColours.ts'

const height = 220

/** A bar for each day, made of one piece for each type of movement. */
export default function DaysChart({
  days,
  onPoint,
}: {
  days: readonly Day[]
  /** Which day is pointed at. `null`: none. */
  onPoint: (index: number | null) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const locale = usePersonLocale()
  const colours = useTypeColours()
  const { palette, typography } = useTheme()

  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const font = `12px ${typography.fontFamily}`
    const axis = { stroke: palette.text.secondary, font, ticks: { show: false } }
    const dayName = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    })
    const nameOf = (index: number) => {
      const day = days[index]?.day
      return day === undefined ? '' : dayName.format(new Date(`${day}T00:00:00Z`))
    }
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [8, 0, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: () => [-0.5, days.length - 0.5] },
          y: { range: (_chart, _least, most) => [0, Math.max(4, most * 1.05)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 28,
            incrs: [1, 2, 7, 14],
            space: 64,
            values: (_chart, splits) => splits.map(nameOf),
          },
          {
            ...axis,
            grid: { stroke: palette.divider, width: 1 },
            size: 44,
            // Nobody moves half a movement.
            incrs: wholeSteps,
            values: (_chart, splits) => splits.map((count) => count.toLocaleString(locale)),
          },
        ],
        series: [
          {},
          // The whole bar first: each shorter one covers the lower part of the one before.
          ...movementTypes.toReversed().map((type) => ({
            fill: colours[type],
            width: 0,
            points: { show: false },
            ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.7, 28] }) }),
          })),
        ],
        hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
      },
      [days.map((_day, index) => index), ...stacked(days).toReversed()],
      element,
    )
    const observer = new ResizeObserver(() => {
      chart.setSize({ width: element.clientWidth, height })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [days, onPoint, locale, colours, palette, typography])

  return <Box ref={place} sx={{ height, minWidth: 0, overflow: 'hidden' }} />
}

const wholeSteps = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].flatMap((power) => [
  power,
  2 * power,
  5 * power,
])

/** How high the pieces of each type reach, with all below them. */
function stacked(days: readonly Day[]): number[][] {
  return movementTypes.map((_type, last) =>
    days.map((day) => movementTypes.slice(0, last + 1).reduce((sum, type) => sum + day[type], 0)),
  )
}
