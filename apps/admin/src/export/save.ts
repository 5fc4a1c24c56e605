/** Where an export goes. Nothing of it is seen by anybody before `finish`. */
export type SaveTarget = {
  write(part: string | Blob): Promise<void>
  /** Completes the file. */
  finish(): Promise<void>
  /** Leaves no file behind. */
  abandon(): Promise<void>
}

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>

/**
 * A file of the person's choice where the browser can write one while it grows (Chromium), else a
 * download that is put together in memory.
 * @returns `null` when the person chose none
 */
export async function chooseSaveTarget(fileName: string, type: string): Promise<SaveTarget | null> {
  const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker
  if (picker === undefined) return downloadTarget(fileName, type)
  try {
    const handle = await picker({ suggestedName: fileName })
    return fileTarget(await handle.createWritable())
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // Refused inside frames and by some policies of an organisation: a download works there too.
    if (error instanceof DOMException) return downloadTarget(fileName, type)
    throw error
  }
}

function fileTarget(file: FileSystemWritableFileStream): SaveTarget {
  return {
    write: (part) => file.write(part),
    finish: () => file.close(),
    abandon: () => file.abort(),
  }
}

function downloadTarget(fileName: string, type: string): SaveTarget {
  const parts: (string | Blob)[] = []
  return {
    write: async (part) => {
      parts.push(part)
    },
    finish: async () => download(new Blob(parts, { type }), fileName),
    abandon: async () => {
      parts.length = 0
    },
  }
}

/** Hands a finished file to the browser's downloads. */
export function download(content: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = fileName
  link.click()
  // The download reads the address after this call returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
