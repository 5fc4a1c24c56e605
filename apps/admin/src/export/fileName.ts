/** The name of an exported file: what it holds and the day it was made on this clock. */
export function exportFileName(title: string, format: 'csv' | 'xlsx' | 'json', now: Date): string {
  const date = [
    String(now.getFullYear()),
    String(now.getMonth() + 1).padStart(2, '0'),
    String(now.getDate()).padStart(2, '0'),
  ].join('-')
  return `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}-${date}.${format}`
}
