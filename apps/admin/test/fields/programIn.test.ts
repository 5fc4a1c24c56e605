import { expect, test } from 'vitest'
import { programIn } from '../../src/fields/programIn.ts'

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    { browser: 'Chrome', system: 'Linux' },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
    { browser: 'Firefox', system: 'Windows' },
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    { browser: 'Safari', system: 'macOS' },
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    { browser: 'Chrome', system: 'Android' },
  ],
])('browser and system are named: %s', (userAgent, program) => {
  expect(programIn(userAgent)).toEqual(program)
})

test.each(['node', 'curl/8.14.1', 'Scanner 1.0', 'stockbook', '<b>', ' '])(
  'what is no browser is not called one: "%s"',
  (userAgent) => {
    expect(programIn(userAgent)).toBeNull()
  },
)
