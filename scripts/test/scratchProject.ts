import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const scripts = fileURLToPath(new URL('..', import.meta.url))

export type Finished = { code: number | null; output: string }

export type Started = {
  child: ChildProcess
  /** Waits until it has printed this. */
  printed(text: string): Promise<void>
  finished: Promise<Finished>
}

/** A project with our root commands in it, and an `npx` and a server of the test's own. */
export async function scratchProject() {
  const root = await mkdtemp(join(tmpdir(), 'project-'))
  const processes: ChildProcess[] = []
  const path = `${root}/bin${delimiter}${process.env.PATH}`

  async function write(path: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
    await chmod(join(root, path), mode)
  }

  function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Started {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, STOCKBOOK_VERBOSE: '', npm_lifecycle_event: '', PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    processes.push(child)
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    return {
      child,
      async printed(wanted) {
        while (!text.includes(wanted)) await once(child.stdout, 'data')
      },
      finished: once(child, 'close').then(([code]) => ({ code, output: text })),
    }
  }

  await mkdir(join(root, 'scripts'))
  for (const name of ['start', 'test', 'processes', 'project', 'testReports']) {
    await cp(join(scripts, `${name}.mjs`), join(root, 'scripts', `${name}.mjs`))
  }
  await write(
    'package.json',
    JSON.stringify({
      type: 'module',
      engines: { node: '>=20.19' },
      packageManager: 'pnpm@0.0.0',
    }),
  )
  return {
    root,
    write,
    run,
    /** The body of a shell script; `$*` are its arguments. */
    npx: (body: string) => write('bin/npx', `#!/bin/sh\n${body}\n`, 0o755),
    server: (body: string) => write('apps/server/dist/cli/main.js', body),
    start: (script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
      run(process.execPath, [join(root, 'scripts', script), ...args], env),
    /** As npm does: a shell that stays in between, and that dies of a signal without passing it on. */
    startInShell: (script: string, env: NodeJS.ProcessEnv) =>
      run('sh', ['-c', `"${process.execPath}" "${join(root, 'scripts', script)}"; true`], env),
    async [Symbol.asyncDispose]() {
      for (const { pid } of processes) {
        try {
          process.kill(-(pid as number), 'SIGKILL')
        } catch {
          // It has ended, as it should.
        }
      }
      await rm(root, { recursive: true, force: true })
    },
  }
}
