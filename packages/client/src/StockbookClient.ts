import type { z } from 'zod'
import type { Contract } from './contract/index.ts'
import type { Access, ProcedureContract, Role } from './contract/define.ts'
import type { CsvOptions } from './download/csv.ts'
import type { FileOptions } from './download/download.ts'
import type { Subscription } from './lazily.ts'
import type { LiveOptions } from './live/liveEvents.ts'
import type { SubscriptionHandlers } from './live/subscribe.ts'

/** What can be said about one call. */
export type CallOptions = {
  /** Gives the call up: it rejects with `ABORTED`. A write may have been done all the same. */
  signal?: AbortSignal | undefined
}

/** The input with its `commandId` optional: the client makes one before it sends. */
type WithOptionalCommandId<Input> = Input extends { commandId: string }
  ? { [Key in keyof Input as Key extends 'commandId' ? never : Key]: Input[Key] } & {
      /** Identifies the command over repetitions. Default: a new one, see `newCommandId`. */
      commandId?: string
    }
  : Input

type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions]

type Call<P extends ProcedureContract> = P['kind'] extends 'query'
  ? {
      /** Reads. Rejects with a StockbookError. */
      query(...args: Arguments<z.input<P['input']>>): Promise<z.output<P['output']>>
    }
  : P['kind'] extends 'mutation'
    ? {
        /** Writes. Rejects with a StockbookError. */
        mutate(
          ...args: Arguments<WithOptionalCommandId<z.input<P['input']>>>
        ): Promise<z.output<P['output']>>
      }
    : {
        /** Hears what is new until `unsubscribe` is called, over lost connections too. */
        subscribe(
          input: z.input<P['input']>,
          handlers: SubscriptionHandlers<z.output<P['output']>>,
        ): Subscription
        /**
         * The same as a loop: `for await (const event of …iterate(input))`. An event is fetched when
         * the loop asks for it. Throws a StockbookError when the server refuses it.
         */
        iterate(
          input: z.input<P['input']>,
          options?: LiveOptions,
        ): AsyncGenerator<z.output<P['output']>, void, undefined>
      }

type Csv<P extends ProcedureContract> = P['kind'] extends 'query'
  ? {
      /**
       * The whole report as a CSV file, written while it is read: `await response.text()`, or part by
       * part from `response.body`. `limit` and `cursor` mean nothing here. Rejects with a StockbookError.
       */
      csv(input: z.input<P['input']>, options?: CsvOptions): Promise<Response>
    }
  : unknown

type AsFile<P extends ProcedureContract> = P extends Contract['attachments']['content']
  ? {
      /** The bytes themselves, with their media type: `await response.blob()`. Rejects with a StockbookError. */
      file(input: z.input<P['input']>, options?: FileOptions): Promise<Response>
    }
  : unknown

type AccessOf<R extends Role> = R extends 'admin' ? Access : Exclude<Access, 'admin'>

type Procedures<Feature, R extends Role> = {
  readonly [Name in keyof Feature as Feature[Name] extends { access: AccessOf<R> }
    ? Name
    : never]: Feature[Name] extends ProcedureContract
    ? Call<Feature[Name]> &
        (Feature extends Contract['reports'] ? Csv<Feature[Name]> : unknown) &
        AsFile<Feature[Name]>
    : never
}

type Features<R extends Role> = {
  readonly [Feature in keyof Contract as keyof Procedures<Contract[Feature], R> extends never
    ? never
    : Feature]: Procedures<Contract[Feature], R>
}

/**
 * A client whose type holds what the role may call: an operator's has no procedure of an
 * administrator. The server decides anew at every call.
 */
export type StockbookClient<R extends Role = 'operator'> = Features<R> & {
  /**
   * Asks the server who is signed in, and gives the administrator's procedures when it is one.
   * @throws StockbookError `ADMIN_REQUIRED` when the user is no administrator, and as `auth.me` does
   */
  as(role: 'admin', options?: CallOptions): Promise<StockbookClient<'admin'>>
}
