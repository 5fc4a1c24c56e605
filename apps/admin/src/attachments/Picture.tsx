import { Box, Skeleton } from '@mui/material'
import { useEffect, useState } from 'react'
import { type Attachment, readFile } from './useAttachments.ts'

export const isPicture = ({ mediaType }: Attachment) => mediaType.startsWith('image/')

/** An attached picture, cut to a square. */
export function Picture({ attachment, size }: { attachment: Attachment; size: number }) {
  const address = useAddress(attachment.id)
  if (address === null) return <Skeleton variant="rounded" width={size} height={size} />
  return (
    <Box
      component="img"
      src={address}
      alt={attachment.fileName}
      sx={{ width: size, height: size, objectFit: 'cover', borderRadius: 1, display: 'block' }}
    />
  )
}

/** Under which the browser knows the bytes: by its own address it would come without a token. */
function useAddress(id: string): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    let made: string | null = null
    readFile(id, controller.signal).then(
      (bytes) => {
        if (controller.signal.aborted) return
        made = URL.createObjectURL(bytes)
        setAddress(made)
      },
      // The name and the button to save it are there all the same, and that tells what is wrong.
      () => {},
    )
    return () => {
      controller.abort()
      if (made !== null) URL.revokeObjectURL(made)
      setAddress(null)
    }
  }, [id])
  return address
}
