import { Box, Skeleton } from '@mui/material'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Attachment, readFile } from './useAttachments.ts'

export const isPicture = ({ mediaType }: Attachment) => mediaType.startsWith('image/')

/** An attached picture, cut to a square. It is loaded when it comes into sight: there may be many. */
export function Picture({ attachment, size }: { attachment: Attachment; size: number }) {
  const place = useRef<HTMLElement>(null)
  const address = useAddress(attachment.id, useIsSeen(place))
  return (
    <Box ref={place} sx={{ width: size, height: size }}>
      {address === null ? (
        <Skeleton variant="rounded" width={size} height={size} />
      ) : (
        <Box
          component="img"
          src={address}
          alt={attachment.fileName}
          sx={{ width: size, height: size, objectFit: 'cover', borderRadius: 1, display: 'block' }}
        />
      )}
    </Box>
  )
}

/** Whether an element is, or was, in sight or next to it. */
function useIsSeen(place: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    if (place.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true)
      },
      { rootMargin: '100px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place])
  return isSeen
}

/** Under which the browser knows the bytes: by its own address it would come without a token. */
function useAddress(id: string, isSeen: boolean): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!isSeen) return
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
  }, [id, isSeen])
  return address
}
