import { useRef, useState } from 'react'
import { useFloor } from '../floor.ts'
import type { Words } from '../messages/format.ts'
import { findScan, type Found, type Unknown } from './findScan.ts'
import { createRepeats } from './repeats.ts'
import { useScanner } from './useScanner.ts'

/**
 * Reads codes from the keyboard scanner, the camera and the field, and looks them up.
 * @param onUnknown gets a sentence for a code that nobody knows, with what is wrong with it
 */
export function useScans(onFound: (found: Found) => void, onUnknown: (sentence: string) => void) {
  const { catalogue, catalogueFailure, words, signals } = useFloor()
  const repeats = useRef(createRepeats())
  const [notice, setNotice] = useState<string | null>(null)

  function find(text: string): void {
    if (catalogue === null) {
      signals.wrong()
      setNotice(catalogueFailure === null ? words.scan.dataComes : words.scan.noData)
      return
    }
    setNotice(null)
    const found = findScan(text, catalogue)
    if (found.kind === 'unknown') onUnknown(sayUnknown(found, words))
    else onFound(found)
  }

  /** For scanners and cameras, which may read one label over and over. */
  function scan(text: string): void {
    // What cannot be taken is no first time: it is scanned again as soon as it can.
    const isRepeat = catalogue !== null && repeats.current.isRepeat(text, performance.now())
    if (isRepeat) setNotice(words.scan.repeat)
    else find(text)
  }

  useScanner(scan)
  return {
    scan,
    /** For what a person types or picks. */
    pick: find,
    take: (found: Found) => {
      setNotice(null)
      onFound(found)
    },
    notice,
  }
}

export type Scans = ReturnType<typeof useScans>

function sayUnknown({ text, reason }: Unknown, words: Words): string {
  const sentence = words.wrong.unknown(text)
  return reason === null ? sentence : `${sentence} (${words.scanFault(reason)})`
}
