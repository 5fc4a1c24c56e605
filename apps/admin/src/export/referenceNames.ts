import type { Field } from '../contract/fields.ts'
import type { ProcedureName } from '../contract/procedures.ts'
import type { Resource } from '../resources/describe.ts'

type Row = Readonly<Record<string, unknown>>

/** The name of a row of a table; its id where the row cannot be had. */
export type NameOf = (resource: string, id: unknown) => string

/** How many rows are asked for at once. */
const atOnce = 6

/** Learns what the ids in rows are called, each once. */
export class ReferenceNames {
  readonly #names = new Map<string, string>()
  readonly #call: (procedure: ProcedureName, input: unknown) => Promise<unknown>
  readonly #resourceOf: (name: string) => Resource

  constructor(
    call: (procedure: ProcedureName, input: unknown) => Promise<unknown>,
    resourceOf: (name: string) => Resource,
  ) {
    this.#call = call
    this.#resourceOf = resourceOf
  }

  nameOf: NameOf = (resource, id) => this.#names.get(`${resource} ${String(id)}`) ?? String(id)

  /** The same batches; the names of what each refers to are known when it comes. */
  async *known(
    batches: AsyncIterable<readonly Row[]>,
    resource: Resource,
    fields: readonly Field[],
  ): AsyncGenerator<readonly Row[], void, undefined> {
    for await (const rows of batches) {
      const wanted = new Map<string, { resource: string; id: unknown }>()
      for (const { name } of fields) {
        const reference = resource.references?.[name]
        if (reference === undefined) continue
        for (const row of rows) {
          const key = `${reference} ${String(row[name])}`
          if ((row[name] ?? null) !== null && !this.#names.has(key)) {
            wanted.set(key, { resource: reference, id: row[name] })
          }
        }
      }
      await this.#learn([...wanted])
      yield rows
    }
  }

  async #learn(wanted: [string, { resource: string; id: unknown }][]): Promise<void> {
    const work = async () => {
      for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
        const [key, reference] = next
        this.#names.set(key, await this.#nameOf(reference))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }

  async #nameOf({ resource: name, id }: { resource: string; id: unknown }): Promise<string> {
    const { get, title } = this.#resourceOf(name)
    if (get === undefined || title === null) return String(id)
    try {
      const row = (await this.#call(get, { id })) as Row
      return String(row[title] ?? id)
    } catch {
      // Not there any more, or not for this person: the list shows the same.
      return String(id)
    }
  }
}
