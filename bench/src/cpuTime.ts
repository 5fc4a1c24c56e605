import { readFile } from 'node:fs/promises'

/** The kernel counts in hundredths of a second, whatever the machine. */
const tickMs = 10

/** Milliseconds of a processor that a process has used so far. */
export async function cpuTimeMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name before the last bracket may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}
