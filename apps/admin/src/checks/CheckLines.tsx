import {
  Alert,
  Button,
  Checkbox,
  Chip,
  LinearProgress,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Tooltip,
  Typography,
} from '@mui/material'
import { useState } from 'react'
import { useLocaleState, useTranslate } from 'react-admin'
import { decimalText, momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { Scrolling } from '../layout/Scrolling.tsx'
import { failureText } from '../providers/failureText.ts'
import { percentText } from './percentText.ts'
import type { Check, CheckLine } from './types.ts'
import { useCheckLines } from './useCheck.ts'

/** The lines of a check: what was counted, what was expected, and what to do about the difference. */
export function CheckLines({
  check,
  mayCompare,
  maySelect,
  selected,
  onSelect,
}: {
  check: Check
  /** Counts and book may be laid side by side. */
  mayCompare: boolean
  maySelect: boolean
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
}) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const [onlyDiffering, setOnlyDiffering] = useState(mayCompare)
  const query = useCheckLines(check.id, onlyDiffering ? { differingOnly: true } : {})
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? []
  // In a blind check others' counts are hidden: empty columns would say nothing.
  const hasCounts = mayCompare || lines.some(({ counts }) => counts.length > 0)
  return (
    <Stack spacing={2}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h6" component="h3">
          {translate('checks.lines')}
        </Typography>
        {mayCompare && (
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label={translate('checks.lines')}
            value={onlyDiffering}
            onChange={(_event, value: boolean | null) => value !== null && setOnlyDiffering(value)}
          >
            <ToggleButton value={true}>{translate('checks.differing')}</ToggleButton>
            <ToggleButton value={false}>{translate('checks.all')}</ToggleButton>
          </ToggleButtonGroup>
        )}
      </Stack>
      {query.error !== null && (
        <Alert severity="error">{failureText(query.error, { locale, translate })}</Alert>
      )}
      {query.isLoading && <LinearProgress aria-label={translate('ra.page.loading')} />}
      {query.data !== undefined && lines.length === 0 && (
        <Typography>{translate('checks.none')}</Typography>
      )}
      {lines.length > 0 && (
        <Scrolling label={translate('checks.lines')}>
          <Table size="small">
            <Headings
              lines={lines}
              maySelect={maySelect}
              mayCompare={mayCompare}
              hasCounts={hasCounts}
              selected={selected}
              onSelect={onSelect}
            />
            <TableBody>
              {lines.map((line) => (
                <Line
                  key={line.id}
                  line={line}
                  mayCompare={mayCompare}
                  hasCounts={hasCounts}
                  selection={
                    maySelect
                      ? {
                          isSelected: selected.has(line.id),
                          onToggle: () => onSelect(toggled(selected, line.id)),
                        }
                      : null
                  }
                />
              ))}
            </TableBody>
          </Table>
        </Scrolling>
      )}
      {query.hasNextPage && (
        <div>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {translate('checks.more')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Headings({
  lines,
  maySelect,
  mayCompare,
  hasCounts,
  selected,
  onSelect,
}: {
  lines: readonly CheckLine[]
  maySelect: boolean
  mayCompare: boolean
  hasCounts: boolean
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
}) {
  const translate = useTranslate()
  const isAll = lines.every(({ id }) => selected.has(id))
  // Only some people are told what a variance is worth.
  const hasValues = lines.some(({ varianceValue }) => varianceValue !== undefined)
  return (
    <TableHead>
      <TableRow>
        {maySelect && (
          <TableCell padding="checkbox">
            <Checkbox
              checked={isAll}
              indeterminate={!isAll && selected.size > 0}
              slotProps={{ input: { 'aria-label': translate('checks.selectAll') } }}
              onChange={() => onSelect(new Set(isAll ? [] : lines.map(({ id }) => id)))}
            />
          </TableCell>
        )}
        <TableCell>{translate('checks.place')}</TableCell>
        <TableCell>{translate('checks.product')}</TableCell>
        <TableCell>{translate('checks.lot')}</TableCell>
        {hasCounts && <TableCell align="right">{translate('checks.counted')}</TableCell>}
        {mayCompare && (
          <>
            <TableCell align="right">{translate('checks.expected')}</TableCell>
            <TableCell align="right">{translate('checks.variance')}</TableCell>
            <TableCell align="right">{translate('checks.percent')}</TableCell>
            {hasValues && <TableCell align="right">{translate('checks.value')}</TableCell>}
          </>
        )}
        {hasCounts && <TableCell>{translate('checks.by')}</TableCell>}
        <TableCell>{translate('checks.state')}</TableCell>
      </TableRow>
    </TableHead>
  )
}

function Line({
  line,
  mayCompare,
  hasCounts,
  selection,
}: {
  line: CheckLine
  mayCompare: boolean
  hasCounts: boolean
  selection: { isSelected: boolean; onToggle: () => void } | null
}) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const name = `${line.locationCode} ${line.sku} ${line.lotCode ?? ''}`.trim()
  const { movedSince } = line
  return (
    <TableRow selected={selection?.isSelected ?? false} hover>
      {selection && (
        <TableCell padding="checkbox">
          <Checkbox
            checked={selection.isSelected}
            slotProps={{ input: { 'aria-label': translate('checks.select', { name }) } }}
            onChange={selection.onToggle}
          />
        </TableCell>
      )}
      <TableCell>{line.locationCode}</TableCell>
      <TableCell>
        {line.productName}
        <Typography variant="body2" component="div" sx={{ color: 'text.secondary' }}>
          {line.sku}
        </Typography>
      </TableCell>
      <TableCell>{line.lotCode}</TableCell>
      {hasCounts && <NumberCell value={line.counted} />}
      {mayCompare && (
        <>
          <NumberCell value={line.expected} />
          <VarianceCell value={line.variance} />
          <TableCell align="right" sx={figures}>
            {line.variancePercent === null ? '' : percentText(line.variancePercent, locale, true)}
          </TableCell>
          {line.varianceValue !== undefined && (
            <TableCell align="right" sx={figures}>
              {line.varianceValue === null ? '' : signed(line.varianceValue, locale)}
            </TableCell>
          )}
        </>
      )}
      {hasCounts && (
        <TableCell>
          <Counters line={line} />
        </TableCell>
      )}
      <TableCell>
        <Stack direction="row" spacing={0.5} useFlexGap sx={{ flexWrap: 'wrap' }}>
          <span>{translate(`checks.lineStatus.${line.status}`)}</span>
          {line.isFound && (
            <Chip size="small" variant="outlined" label={translate('checks.found')} />
          )}
          {movedSince !== null && movedSince > 0 && (
            <Tooltip title={translate('checks.movedHint')}>
              <Chip
                size="small"
                variant="outlined"
                color="info"
                label={translate('checks.moved', { smart_count: movedSince })}
              />
            </Tooltip>
          )}
        </Stack>
      </TableCell>
    </TableRow>
  )
}

/** Who counted last, and all counts for whoever wants to know. */
function Counters({ line }: { line: CheckLine }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const last = line.counts.at(-1)
  if (last === undefined) return null
  const all = line.counts.map(({ round, quantity, countedByName, countedAt }) =>
    translate('checks.countOf', {
      round,
      quantity: quantity.toLocaleString(locale),
      name: countedByName,
      moment: countedAt.toLocaleString(locale, momentFormat),
    }),
  )
  return (
    <Tooltip title={<span style={{ whiteSpace: 'pre-line' }}>{all.join('\n')}</span>}>
      <span tabIndex={0}>{last.countedByName}</span>
    </Tooltip>
  )
}

const figures = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const

function NumberCell({ value }: { value: number | null }) {
  const locale = usePersonLocale()
  return (
    <TableCell align="right" sx={figures}>
      {value?.toLocaleString(locale) ?? '—'}
    </TableCell>
  )
}

function VarianceCell({ value }: { value: number | null }) {
  const locale = usePersonLocale()
  const colour = value === null || value === 0 ? 'inherit' : value < 0 ? 'error.main' : 'info.main'
  return (
    <TableCell align="right" sx={{ ...figures, color: colour, fontWeight: value ? 600 : 400 }}>
      {value === null ? '—' : value.toLocaleString(locale, { signDisplay: 'exceptZero' })}
    </TableCell>
  )
}

/** A decimal string with its sign: what was found is more, what is missing less. */
function signed(decimal: string, locale: string): string {
  const text = decimalText(decimal, locale)
  return decimal.startsWith('-') || /^[0.]*$/.test(decimal) ? text : `+${text}`
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}
