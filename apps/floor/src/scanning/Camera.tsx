import { useEffect, useRef, useState } from 'react'
import { useFloor } from '../floor.ts'
import { createReader } from './createReader.ts'

/** Often enough that nobody waits, seldom enough that a phone stays cool. */
const lookEveryMs = 200

/** Shows what the camera sees, and reads the codes in it. Loaded when a person asks for it. */
export default function Camera({ onScan }: { onScan: (text: string) => void }) {
  const { words } = useFloor()
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onScan)
  latest.current = onScan
  const [fault, setFault] = useState<'cameraRefused' | 'cameraNotLoaded' | null>(null)

  useEffect(() => {
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false

    async function run(): Promise<void> {
      const opened = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      })
      stream = opened
      if (isOver) return stop()
      const screen = video.current!
      screen.srcObject = opened
      await screen.play()
      const reader = await createReader().catch(() => null)
      if (isOver) return
      if (reader === null) {
        stop()
        setFault('cameraNotLoaded')
        return
      }
      const look = async () => {
        if (isOver) return
        const codes = await reader.detect(screen).catch(() => [])
        for (const { rawValue } of codes.slice(0, 1)) latest.current(rawValue)
        timer = setTimeout(() => void look(), lookEveryMs)
      }
      await look()
    }

    function stop(): void {
      isOver = true
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }

    run().catch(() => {
      if (!isOver) setFault('cameraRefused')
    })
    return stop
  }, [])

  if (fault !== null) return <p role="alert">{words.scan[fault]}</p>
  return (
    <figure className="camera">
      <video ref={video} muted playsInline aria-label={words.scan.camera} />
      <figcaption>{words.scan.cameraHint}</figcaption>
    </figure>
  )
}
