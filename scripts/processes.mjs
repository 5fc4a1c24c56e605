// Runs one process after another; a signal ends the running one, and nothing is left behind.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './project.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

let running = null
let received = null

/** From here on this process does not end before the process that it runs. */
export function passSignalsOn() {
  const stop = (signal) => {
    received = received ?? signal
    // A terminal has sent it to both of us, `kill` only to us. Hearing it twice does no harm.
    if (running) running.kill(signal)
    else process.exit(exitCodeOf(signal))
  }
  for (const signal of signals) process.on(signal, () => stop(signal))
  // A terminal that was closed takes no more words: that is no reason to end before the child.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // npm hands a signal to the shell between us, which ends and tells us nothing.
  if (!process.env.npm_lifecycle_event) return
  const { ppid } = process
  const watch = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(watch)
    stop('SIGTERM')
  }, 500)
  watch.unref()
}

/** Runs a command to its end. Returns its exit code; after a signal, ends this process with the signal's. */
export async function run({ command, args }, { quiet = false, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32' && command === 'npx',
  })
  running = child
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`))
      if (!quiet) console.error(error.message)
      resolve(1)
    })
    child.once('close', (exitCode, signal) => resolve(exitCode ?? exitCodeOf(signal)))
  })
  running = null
  if (code !== 0 && !received) process.stderr.write(Buffer.concat(output))
  return code
}

/** One line for the step; its output only when it fails, or with STOCKBOOK_VERBOSE=1. */
export async function step(title, what) {
  console.log(title)
  const code = await run(what, { quiet: process.env.STOCKBOOK_VERBOSE !== '1' })
  if (received) process.exit(exitCodeOf(received))
  if (code === 0) return
  console.error(`${title}: failed. Its output is above.`)
  process.exit(code)
}

function exitCodeOf(signal) {
  return 128 + (constants.signals[signal] ?? 0)
}
