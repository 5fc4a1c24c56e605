import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generate } from 'selfsigned'

export type CertificateFiles = { keyFile: string; certFile: string }

/** Days until a certificate that this program made runs out: the most that browsers accept. */
const validDays = 397

const dayMs = 86_400_000

const ourSubject = 'CN=localhost'

/**
 * Reads the key and the certificate for HTTPS. Where both files are absent, or the certificate is one
 * that this program made and has run out, it makes them, valid
 * for this machine alone, the key readable by its owner only.
 */
export async function readOrMakeCertificate({ keyFile, certFile }: CertificateFiles) {
  const [key, cert] = await Promise.all([readIfThere(keyFile), readIfThere(certFile)])
  if (key !== null && cert !== null && !hasRunOut(cert)) return { key, cert }
  if ((key === null) !== (cert === null)) {
    throw new Error(
      `Only one of ${keyFile} and ${certFile} is there. Add the other, or remove it to have both made anew.`,
    )
  }
  const made = await makeCertificate()
  await Promise.all([keyFile, certFile].map((file) => mkdir(dirname(file), { recursive: true })))
  await writeFile(keyFile, made.key, { mode: 0o600 })
  await chmod(keyFile, 0o600)
  await writeFile(certFile, made.cert)
  return made
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Whether it is of our own making (nobody else signs for localhost by itself) and ends within a day. */
function hasRunOut(cert: string): boolean {
  const { subject, issuer, validTo } = new X509Certificate(cert)
  return subject === ourSubject && issuer === ourSubject && Date.parse(validTo) < Date.now() + dayMs
}

async function makeCertificate() {
  const now = Date.now()
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    notBeforeDate: new Date(now - 60_000),
    notAfterDate: new Date(now + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { key, cert }
}
