const odd = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112']
const parities = [
  'OOOOOO',
  'OOEOEE',
  'OOEEOE',
  'OOEEEO',
  'OEOOEE',
  'OEEOOE',
  'OEEEOO',
  'OEOEOE',
  'OEOEEO',
  'OEEOEO',
]

/** The widths of the bars and gaps of an EAN-13, in turns, a bar first. */
function widthsOf(code: string): string {
  const digits = [...code].map(Number)
  const reversed = (widths: string) => [...widths].toReversed().join('')
  const left = digits.slice(1, 7).map((digit, index) => {
    const isOdd = parities[digits[0]!]![index] === 'O'
    return isOdd ? odd[digit]! : reversed(odd[digit]!)
  })
  const right = digits.slice(7).map((digit) => odd[digit]!)
  return `111${left.join('')}11111${right.join('')}111`
}

const width = 640
const height = 480
const module = 4

/** A film for Chromium's fake camera, in YUV4MPEG2, that shows one EAN-13 all the time. */
export function ean13Film(code: string): Buffer {
  const row = Buffer.alloc(width, 235)
  let at = Math.floor((width - 95 * module) / 2)
  ;[...widthsOf(code)].forEach((modules, index) => {
    const end = at + Number(modules) * module
    if (index % 2 === 0) row.fill(16, at, end)
    at = end
  })
  const white = Buffer.alloc(width, 235)
  const rows = Array.from({ length: height }, (_, y) => (y > 100 && y < 380 ? row : white))
  const colourless = Buffer.alloc((width * height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...rows, colourless])
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)
  return Buffer.concat([header, ...Array.from({ length: 5 }, () => frame)])
}
