import { describe, expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from '../../src/env.ts'

function faultsOf(source: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(source)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults
    throw error
  }
  return []
}

const goodSecret = 'R0g4UIfKqmTNTh3AXXWV8b4ElZqZ4TCdqn2mHOvS'
const production = { NODE_ENV: 'production', SECRET_KEY: goodSecret }

test('no setting at all is enough to start with', () => {
  expect(readEnvironment({})).toMatchObject({
    NODE_ENV: 'development',
    PORT: 8000,
    HTTPS: true,
    ALGORITHM: 'HS256',
    ACCESS_TOKEN_EXPIRE_MINUTES: 30,
    DEBUG: false,
    DB_ECHO: false,
    CORS_ORIGINS: [],
  })
})

test('an empty setting is an absent one', () => {
  const empty = { PORT: '', SECRET_KEY: '', ALGORITHM: '', DEBUG: '', CORS_ORIGINS: '', HTTPS: '' }
  expect(readEnvironment(empty)).toEqual(readEnvironment({}))
})

test('settings of others are not looked at', () => {
  expect(readEnvironment({ PATH: '/bin', PORTS: 'x', debug: 'x' })).toEqual(readEnvironment({}))
})

test('a token for the metrics that could be guessed is a fault, and is not printed', () => {
  for (const weak of ['short', 'fifteen-letters', 'with a space in it, and long']) {
    const faults = faultsOf({ METRICS_TOKEN: weak })
    expect(faults).toEqual([expect.stringContaining('METRICS_TOKEN')])
    expect(faults.join()).not.toContain(weak)
  }
  expect(readEnvironment({ METRICS_TOKEN: 'sixteen-letters.' }).METRICS_TOKEN).toBe(
    'sixteen-letters.',
  )
  expect(readEnvironment({}).METRICS_TOKEN).toBeUndefined()
})

test('all faults are told at once, each with the name of its setting', () => {
  const faults = faultsOf({
    NODE_ENV: 'staging',
    PORT: 'eight thousand',
    HTTPS: 'maybe',
    ALGORITHM: 'none',
    ACCESS_TOKEN_EXPIRE_MINUTES: '0',
    DEBUG: 'sometimes',
    CORS_ORIGINS: 'localhost:3000, https://a.example/path',
    DB_ECHO: '2',
    DATABASE_URL: 'mysql://root:hunter2@host/db',
    DATABASE_OWNER_URL: 'nonsense',
  })
  expect(faults.join()).not.toContain('hunter2')
  const named = faults.map((fault) => fault.split(':')[0])
  expect(named.sort()).toEqual([
    'ACCESS_TOKEN_EXPIRE_MINUTES',
    'ALGORITHM',
    'CORS_ORIGINS',
    'CORS_ORIGINS',
    'DATABASE_OWNER_URL',
    'DATABASE_URL',
    'DB_ECHO',
    'DEBUG',
    'HTTPS',
    'NODE_ENV',
    'PORT',
  ])
})

test('the message has every fault on a line of its own', () => {
  const source = { PORT: 'x', DEBUG: 'x' }
  expect(() => readEnvironment(source)).toThrow(/2 faults:\n {2}- PORT: .*\n {2}- DEBUG: /)
})

test.each(['-1', '65536', '80.5', '0x50', ' 80', '1e3'])('"%s" is no port', (PORT) => {
  expect(faultsOf({ PORT })).toMatchObject([expect.stringMatching(/^PORT: /)])
})

test.each([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])('DEBUG=%s is %s', (DEBUG, expected) => {
  expect(readEnvironment({ DEBUG }).DEBUG).toBe(expected)
})

describe('CORS_ORIGINS', () => {
  test('may have spaces and line breaks around its commas, and empty places', () => {
    const CORS_ORIGINS = ' https://a.example , http://localhost:3000,\n https://[::1]:8000 ,, '
    expect(readEnvironment({ CORS_ORIGINS }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'http://localhost:3000',
      'https://[::1]:8000',
    ])
  })

  test.each([
    'localhost:3000',
    '192.168.1.100:3000',
    '128.0.0.1',
    'a.example',
    'ftp://a.example',
    'https://a.example/',
    'https://a.example/path',
    'https://a.example:443',
    'https://A.example',
    'https://user:pass@a.example',
    'https://*.a.example',
    'null',
    'https://',
  ])('%s is no origin, and is named', (entry) => {
    const faults = faultsOf({ CORS_ORIGINS: `https://good.example, ${entry}` })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`"${entry}"`)
    expect(faults[0]).toContain('https://localhost:3000')
  })
})

describe('in production', () => {
  test('a good secret is enough', () => {
    expect(readEnvironment(production)).toMatchObject(production)
  })

  test.each([
    ['missing', undefined, /is missing/],
    ['empty', '', /is missing/],
    ['short', 'only-31-bytes-of-a-secret-key-1', /shorter than 32 bytes/],
    ['well known', 'changethis-changethis-changethis-changethis', /well known/],
    ['of an example', 'your-secret-key-here-your-secret-key-here', /well known/],
    ['of an example, in capitals', 'YOUR_SECRET_KEY_0123456789_0123456789', /well known/],
    ['of few letters', 'ab'.repeat(20), /well known or easily guessed/],
    ['one letter', 'x'.repeat(64), /well known or easily guessed/],
  ])('a secret that is %s is refused, and not printed', (_what, SECRET_KEY, reason) => {
    const faults = faultsOf({ ...production, SECRET_KEY })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^SECRET_KEY: /)
    expect(faults[0]).toMatch(reason)
    if (SECRET_KEY) expect(faults[0]).not.toContain(SECRET_KEY)
  })

  test.each(['true', '1', 'yes', 'on'])('DEBUG=%s is refused', (DEBUG) => {
    expect(faultsOf({ ...production, DEBUG })).toEqual(['DEBUG: must be false in production'])
  })

  test.each(['*', 'https://a.example, * '])('CORS_ORIGINS=%s is refused', (CORS_ORIGINS) => {
    expect(faultsOf({ ...production, CORS_ORIGINS })).toMatchObject([
      expect.stringMatching(/^CORS_ORIGINS: "\*"/),
    ])
  })

  test('everything that is wrong is told together', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      SECRET_KEY: 'short',
      DEBUG: 'true',
      CORS_ORIGINS: '*',
      PORT: 'x',
    })
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'CORS_ORIGINS',
      'DEBUG',
      'PORT',
      'SECRET_KEY',
    ])
  })

  test('what production refuses, development allows', () => {
    const loose = { SECRET_KEY: 'short', DEBUG: 'true', CORS_ORIGINS: '*' }
    expect(faultsOf(loose)).toEqual([])
    expect(faultsOf({ ...loose, NODE_ENV: 'test' })).toEqual([])
  })
})

test('no fault of any setting prints a secret', () => {
  const SECRET_KEY = 'canary-4711'
  const source = { NODE_ENV: 'production', SECRET_KEY, PORT: 'x', ALGORITHM: 'x', DEBUG: 'x' }
  expect(JSON.stringify(faultsOf(source))).not.toContain(SECRET_KEY)
})
