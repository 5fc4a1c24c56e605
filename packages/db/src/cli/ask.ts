import { createInterface } from 'node:readline/promises'
import { pathName } from '../migrate/generate/answers.ts'
import type { Ask } from '../migrate/generate/difference.ts'

/** Asks on the terminal; undefined when there is none, so that nothing ever waits for nobody. */
export function askOnTerminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  return async ({ kind, entity, candidates }) => {
    const choices = candidates.map((path) => `renamed from ${pathName(path)}`)
    choices.push('new (what is gone loses its data)')
    const list = choices.map((choice, index) => `  ${index + 1}  ${choice}`).join('\n')
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      for (;;) {
        const typed = await terminal.question(
          `The ${kind} ${pathName(entity)} is\n${list}\nNumber: `,
        )
        const number = Number(typed)
        if (!Number.isInteger(number) || number < 1 || number > choices.length) continue
        const from = candidates[number - 1]
        return from ? { renames: [{ kind, from, to: entity }] } : { created: [{ kind, entity }] }
      }
    } finally {
      terminal.close()
    }
  }
}
