import ChevronLeft from '@mui/icons-material/ChevronLeft'
import ChevronRight from '@mui/icons-material/ChevronRight'
import Download from '@mui/icons-material/Download'
import Print from '@mui/icons-material/Print'
import { Alert, Box, Button, IconButton, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useLocaleState, useTranslate } from 'react-admin'
import { download } from '../export/save.ts'
import { failureText } from '../providers/failureText.ts'
import type { LabelContent } from './content.ts'
import type { LabelFont } from './labelFont.ts'
import { layOut } from './layout.ts'
import { SheetPreview } from './SheetPreview.tsx'
import type { LabelSettings } from './useLabels.ts'

/** The labels page by page, and the ways to get them onto paper. */
export function LabelSheets({
  settings,
  contents,
  font,
}: {
  settings: LabelSettings
  contents: readonly LabelContent[]
  font: LabelFont
}) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const [wantedPage, setPage] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const { stock, copies, start } = settings
  if (contents.length === 0) {
    return <Alert severity="info">{translate('labels.noPackagings')}</Alert>
  }
  const single = contents.map((content) => layOut(content, stock, font.measure))
  const layouts = single.flatMap((layout) => Array.from({ length: copies }, () => layout))
  const pages = Math.ceil((start + layouts.length) / (stock.columns * stock.rows))
  const page = Math.min(wantedPage, pages - 1)
  const tooFine = single.filter(({ isTooFine }) => isTooFine).length
  const withoutLot = contents.filter(({ note }) => note === 'symbolWithoutLot').length

  async function makePdf(use: (pdf: Blob) => void): Promise<void> {
    try {
      const { labelsPdf } = await import('./labelsPdf.ts')
      const bytes = await labelsPdf({ labels: contents, stock, copies, start }, font.bytes)
      use(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' }))
      setProblem(null)
    } catch (error) {
      setProblem(failureText(error, { locale, translate }))
    }
  }

  return (
    <Stack spacing={2} sx={{ flexGrow: 1, minWidth: 0 }}>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap', alignItems: 'center' }}>
        <Button
          variant="contained"
          startIcon={<Print />}
          onClick={() => void makePdf((pdf) => window.open(URL.createObjectURL(pdf)))}
        >
          {translate('labels.print')}
        </Button>
        <Button
          startIcon={<Download />}
          onClick={() => void makePdf((pdf) => download(pdf, `${translate('labels.title')}.pdf`))}
        >
          {translate('labels.download')}
        </Button>
        <Typography color="text.secondary">
          {translate('labels.count', { smart_count: layouts.length })}
        </Typography>
      </Stack>
      {problem !== null && (
        <Alert severity="error">{translate('labels.failed', { reason: problem })}</Alert>
      )}
      {tooFine > 0 && (
        <Alert severity="warning">{translate('labels.tooFine', { smart_count: tooFine })}</Alert>
      )}
      {withoutLot > 0 && (
        <Alert severity="info">
          {translate('labels.symbolWithoutLot', { smart_count: withoutLot })}
        </Alert>
      )}
      <Box sx={{ width: '100%', maxWidth: stock.columns > 1 ? 560 : 420 }}>
        <Stack direction="row" sx={{ alignItems: 'center', mb: 1 }}>
          <IconButton
            aria-label={translate('labels.previous')}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            <ChevronLeft />
          </IconButton>
          <Typography>{translate('labels.sheet', { page: page + 1, pages })}</Typography>
          <IconButton
            aria-label={translate('labels.next')}
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            <ChevronRight />
          </IconButton>
        </Stack>
        <SheetPreview
          stock={stock}
          layouts={layouts}
          start={start}
          page={page}
          font={font}
          label={translate('labels.preview')}
        />
      </Box>
    </Stack>
  )
}
