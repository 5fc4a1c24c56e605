import { Box } from '@mui/material'
import { isPicture, Picture } from './Picture.tsx'
import { type AttachedTo, useAttachments } from './useAttachments.ts'

/** The first picture among the files of a row; nothing where it has none. */
export default function FirstPicture({ row }: { row: AttachedTo }) {
  const { data } = useAttachments(row)
  const first = data?.find(isPicture)
  if (first === undefined) return null
  return (
    <Box sx={{ mb: 2 }}>
      <Picture attachment={first} size={160} />
    </Box>
  )
}
