/** What PostgreSQL's programs see of the environment: nothing that changes what they do (PGPORT, PGDATA, LANG). */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH']
  return {
    ...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
    LC_ALL: undefined,
    LC_MESSAGES: 'C',
  }
}
