import { MenuItem, Stack, TextField } from '@mui/material'
import { useTranslate } from 'react-admin'
import { labelStocks } from './stocks.ts'
import type { LabelSettings } from './useLabels.ts'

const styles = ['barcode', 'qr', 'datamatrix'] as const
const whats = ['unit', 'packagings', 'both'] as const

/** How labels are to be: paper, symbol, copies, and where on the sheet they begin. */
export function LabelForm({
  settings,
  onChange,
  hasPackagings,
}: {
  settings: LabelSettings
  onChange: (settings: LabelSettings) => void
  hasPackagings: boolean
}) {
  const translate = useTranslate()
  const { stock, style, what, copies, start } = settings
  const perPage = stock.columns * stock.rows
  const change = (changes: Partial<LabelSettings>) => onChange({ ...settings, ...changes })
  return (
    <Stack spacing={1} sx={{ width: { md: 300 }, flexShrink: 0 }}>
      <TextField
        select
        label={translate('labels.stock')}
        value={stock.key}
        onChange={({ target }) =>
          change({
            stock: labelStocks.find(({ key }) => key === target.value) ?? stock,
            start: 0,
          })
        }
      >
        {labelStocks.map(({ key }) => (
          <MenuItem key={key} value={key}>
            {translate(`labels.stocks.${key}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={translate('labels.style')}
        value={style}
        onChange={({ target }) => change({ style: target.value as LabelSettings['style'] })}
      >
        {styles.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`labels.styles.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      {hasPackagings && (
        <TextField
          select
          label={translate('labels.what')}
          value={what}
          onChange={({ target }) => change({ what: target.value as LabelSettings['what'] })}
        >
          {whats.map((each) => (
            <MenuItem key={each} value={each}>
              {translate(`labels.whats.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      <WholeNumber
        label={translate('labels.copies')}
        value={copies}
        most={mostCopies}
        onChange={(value) => change({ copies: value })}
      />
      {perPage > 1 && (
        <WholeNumber
          label={translate('labels.start')}
          value={start + 1}
          most={perPage}
          onChange={(value) => change({ start: value - 1 })}
        />
      )}
    </Stack>
  )
}

const mostCopies = 500

function WholeNumber({
  label,
  value,
  most,
  onChange,
}: {
  label: string
  value: number
  most: number
  onChange: (value: number) => void
}) {
  return (
    <TextField
      type="number"
      label={label}
      value={value}
      slotProps={{ htmlInput: { min: 1, max: most, step: 1 } }}
      onChange={({ target }) => {
        const chosen = Math.round(Number(target.value))
        if (chosen >= 1) onChange(Math.min(chosen, most))
      }}
    />
  )
}
