import { isStockbookError, type StockbookClient } from '@stockbook/client'
import type { AuthProvider, UserIdentity } from 'react-admin'
import { mayCall, type ProcedureName } from '../contract/procedures.ts'
import type { Resource } from '../resources/describe.ts'
import { resources } from '../resources/index.ts'
import { refusalOf } from './CallError.ts'
import { messageOf, type Words } from './callErrors.ts'
import { CodeWanted } from './CodeWanted.ts'

type Me = Awaited<ReturnType<StockbookClient['auth']['me']['query']>>

/** Who is signed in, as the pages know it. */
export type PanelIdentity = UserIdentity & Pick<Me, 'role' | 'username' | 'mustChangePassword'>

/** What is typed at sign-in. */
type Typed = { username: string; password: string; code?: string }

export type PanelAuthProvider = AuthProvider & {
  /** Who is signed in has changed: asks the server anew. */
  forgetIdentity(): Promise<void>
  getIdentity(): Promise<PanelIdentity>
}

/** Sign-in, sign-out, and who may do what: the contract says it, and the server decides anew. */
export function createAuthProvider(client: StockbookClient, words: () => Words): PanelAuthProvider {
  let known: Promise<Me> | null = null

  function me(): Promise<Me> {
    known ??= client.auth.me.query().catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }

  return {
    async login({ username, password, code }: Typed) {
      known = null
      try {
        await client.auth.signIn.mutate({
          username,
          password,
          ...(code && { code }),
          keep: 'cookie',
        })
      } catch (error) {
        if (isStockbookError(error, 'SECOND_FACTOR_REQUIRED')) throw new CodeWanted()
        throw isStockbookError(error) ? new Error(messageOf(error, words())) : error
      }
    },
    async logout() {
      if (known === null) return
      known = null
      try {
        await client.auth.signOut.mutate()
      } catch (error) {
        if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
      }
    },
    async checkAuth() {
      try {
        await me()
      } catch (error) {
        // Nothing to be told to somebody who only comes by.
        if (isStockbookError(error, 'SIGN_IN_REQUIRED')) throw { message: false }
        throw isStockbookError(error) ? new Error(messageOf(error, words())) : error
      }
    },
    async checkError(error: unknown) {
      const code = refusalOf(error)?.code
      if (code === 'SIGN_IN_REQUIRED') throw new Error(words().translate('auth.sessionEnded'))
      // The role or the password was changed by somebody else: what is shown must follow.
      if (code !== undefined && ofAnotherRole.includes(code)) known = null
    },
    async forgetIdentity() {
      known = null
    },
    async getIdentity(): Promise<PanelIdentity> {
      const { id, displayName, role, username, mustChangePassword } = await me()
      return { id, fullName: displayName, role, username, mustChangePassword }
    },
    async canAccess({ action, resource }) {
      const procedure = procedureFor(resource, action)
      return (
        procedure === null || (procedure !== undefined && mayCall((await me()).role, procedure))
      )
    },
  }
}

const ofAnotherRole = ['ADMIN_REQUIRED', 'FIELD_FORBIDDEN', 'PASSWORD_CHANGE_REQUIRED']

/** What an action of react-admin calls. `undefined`: the table has none such; `null`: anybody may. */
function procedureFor(name: string, action: string): ProcedureName | undefined | null {
  const resource = resources.find((candidate) => candidate.name === name)
  if (resource === undefined) return null
  return byAction[action]?.(resource) ?? undefined
}

const byAction: Readonly<Record<string, (resource: Resource) => ProcedureName | undefined>> = {
  list: ({ list }) => list,
  export: ({ list }) => list,
  show: ({ get, list }) => get ?? list,
  create: ({ create }) => create,
  clone: ({ create }) => create,
  edit: ({ update }) => update,
  delete: ({ actions }) => actions?.find(({ name }) => name === 'archive')?.procedure,
}
