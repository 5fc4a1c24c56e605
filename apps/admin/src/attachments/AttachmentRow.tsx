import Delete from '@mui/icons-material/Delete'
import Description from '@mui/icons-material/Description'
import Download from '@mui/icons-material/Download'
import { Box, IconButton, Stack, Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { isPicture, Picture } from './Picture.tsx'
import type { Attachment } from './useAttachments.ts'

const size = 72

/** One file: what it looks like, what it is called, who brought it. */
export function AttachmentRow({
  attachment,
  onSave,
  onRemove,
}: {
  attachment: Attachment
  onSave: () => void
  /** Absent: this person may not. */
  onRemove?: () => void
}) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const { fileName, byteSize, createdByName, createdAt } = attachment
  const kilobytes = (byteSize / 1024).toLocaleString(locale, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: byteSize < 10_240 ? 1 : 0,
  })
  const facts = [kilobytes, createdByName, createdAt.toLocaleString(locale, momentFormat)]
  return (
    <Stack component="li" direction="row" spacing={2} sx={{ alignItems: 'center' }}>
      {isPicture(attachment) ? (
        <Picture attachment={attachment} size={size} />
      ) : (
        <Box sx={{ width: size, height: size, display: 'grid', placeItems: 'center' }}>
          <Description fontSize="large" color="action" />
        </Box>
      )}
      <Box sx={{ flexGrow: 1, minWidth: 0 }}>
        {/* A name in another writing must not turn the rest of the line. */}
        <Typography component="bdi" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
          {fileName}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {facts.join(', ')}
        </Typography>
      </Box>
      <IconButton
        aria-label={translate('attachments.saveOne', { name: fileName })}
        onClick={onSave}
      >
        <Download />
      </IconButton>
      {onRemove && (
        <IconButton
          aria-label={translate('attachments.removeOne', { name: fileName })}
          onClick={onRemove}
        >
          <Delete />
        </IconButton>
      )}
    </Stack>
  )
}
