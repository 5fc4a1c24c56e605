import { normaliseDatabaseUrl } from '@stockbook/db/embedded'
import { z } from 'zod'

const switchable = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], {
      error: 'write true or false',
    })
    .optional()
    .transform((value) =>
      value === undefined ? fallback : ['true', '1', 'yes', 'on'].includes(value),
    )

const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .optional()
    .transform((value) => (value === undefined ? fallback : Number(value)))
    .pipe(z.int().min(min).max(max))

/** Origins that may call from a browser, comma separated. */
const corsOrigins = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .superRefine((entries, context) => {
    for (const entry of entries) {
      if (entry === '*') continue
      if (!isOrigin(entry)) {
        context.addIssue({
          code: 'custom',
          message: `"${entry}" is not an origin: write scheme, host and port, like https://localhost:3000, with no path`,
        })
      }
    }
  })

function isOrigin(entry: string): boolean {
  if (!/^https?:\/\/[^*]+$/.test(entry)) return false
  try {
    return new URL(entry).origin === entry
  } catch {
    return false
  }
}

const wellKnownSecrets = ['changethis', 'changeme', 'secret', 'your-secret-key', 'your_secret_key']

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Where to listen. Default: every address of this machine. */
  HOST: z.string().optional(),
  PORT: wholeNumber(8000, 0, 65_535),
  /** `false`: plain HTTP, for use behind a proxy that speaks TLS. */
  HTTPS: switchable(true),
  /** How many proxies stand before the server and add to X-Forwarded-For. */
  TRUSTED_PROXIES: wholeNumber(0, 0, 10),
  HTTPS_KEY_FILE: z.string().optional(),
  HTTPS_CERT_FILE: z.string().optional(),
  SECRET_KEY: z.string().optional(),
  ALGORITHM: z.enum(['HS256', 'HS384', 'HS512']).default('HS256'),
  ACCESS_TOKEN_EXPIRE_MINUTES: wholeNumber(30, 1, 60 * 24 * 30),
  DEBUG: switchable(false),
  CORS_ORIGINS: corsOrigins,
  DB_ECHO: switchable(false),
  /** Whoever brings it as a bearer may read /metrics. Absent: programs of this machine may. */
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,}$/, 'write at least 16 letters, digits or . _ ~ + / = -')
    .optional(),
})

export type Environment = z.output<typeof variables>

/** Names every fault of the environment at once; never a value that may be secret. */
export class EnvironmentError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
    this.name = 'EnvironmentError'
    this.faults = faults
  }
}

/**
 * Reads the settings. An empty value counts as absent.
 * @throws EnvironmentError naming all faults together.
 */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => name in variables.shape && value !== ''),
  )
  const { data, error } = variables.safeParse(given)
  const faults = (error?.issues ?? []).map((issue) => `${String(issue.path[0])}: ${issue.message}`)
  if ((given.NODE_ENV ?? 'development') === 'production') faults.push(...unsafeInProduction(given))
  faults.push(...unreadableUrls(source))
  if (faults.length > 0 || !data) throw new EnvironmentError(faults)
  return data
}

function unreadableUrls(source: NodeJS.ProcessEnv): string[] {
  return ['DATABASE_URL', 'DATABASE_OWNER_URL'].flatMap((name) => {
    const text = source[name]?.trim()
    if (!text) return []
    try {
      normaliseDatabaseUrl(text, name)
      return []
    } catch (error) {
      return [(error as Error).message.replace(name, `${name}:`)]
    }
  })
}

/** What would be an open door on a server that others can reach. */
function unsafeInProduction(given: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const secret = given.SECRET_KEY
  if (!secret) {
    faults.push('SECRET_KEY: is missing; make one with: openssl rand -base64 48')
  } else if (Buffer.byteLength(secret) < 32) {
    faults.push('SECRET_KEY: is shorter than 32 bytes; make one with: openssl rand -base64 48')
  } else if (
    new Set(secret).size < 8 ||
    wellKnownSecrets.some((known) => secret.toLowerCase().includes(known))
  ) {
    faults.push(
      'SECRET_KEY: is well known or easily guessed; make one with: openssl rand -base64 48',
    )
  }
  if (/^(true|1|yes|on)$/.test(given.DEBUG ?? '')) faults.push('DEBUG: must be false in production')
  if ((given.CORS_ORIGINS ?? '').split(',').some((entry) => entry.trim() === '*')) {
    faults.push('CORS_ORIGINS: "*" lets every site call; name the origins')
  }
  return faults
}
