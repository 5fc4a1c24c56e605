import { acquireEmbeddedPostgres } from './acquireEmbeddedPostgres.ts'

const [folder = ''] = process.argv.slice(2)
const lines: string[] = []
const { url, release } = await acquireEmbeddedPostgres({ folder, log: (line) => lines.push(line) })
const running = setInterval(() => {}, 60_000)
process.once('SIGTERM', () => {
  clearInterval(running)
  void release()
})
console.log(JSON.stringify({ url, lines }))
