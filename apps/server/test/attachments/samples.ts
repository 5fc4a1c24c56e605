import { Buffer } from 'node:buffer'

/** Files as small as they get, each with the bytes by which its kind is known. */
export const samples = {
  /** One transparent dot. */
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
  jpg: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1]),
  webp: Buffer.from(
    'RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0',
    'latin1',
  ),
  pdf: Buffer.from(
    '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n',
    'latin1',
  ),
  csv: Buffer.from('артикул;количество\r\nЧАЙ-1;12\r\n'),
}

/** A PNG of exactly this many bytes: what follows its end is ignored by who shows it. */
export function pngOf(byteSize: number): Buffer {
  return Buffer.concat([samples.png, Buffer.alloc(byteSize - samples.png.length, 7)])
}

/** A file as `attachments.add` takes it. */
export const fileOf = (fileName: string, bytes: Buffer) => ({
  fileName,
  content: bytes.toString('base64'),
})
