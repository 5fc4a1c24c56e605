import { type StockbookClient, isStockbookError } from '@stockbook/client'
import type { AuthProvider } from 'react-admin'

/** Sign-in, sign-out and who may do what. */
export function createAuthProvider(client: StockbookClient): AuthProvider {
  return {
    async login({ username, password }: { username: string; password: string }) {
      await client.auth.signIn.mutate({ username, password, keep: 'cookie' })
    },
    async logout() {
      await client.auth.signOut.mutate().catch((error: unknown) => {
        if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
      })
    },
    async checkAuth() {
      await client.auth.me.query()
    },
    async checkError(error: unknown) {
      if (isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
    },
    async getIdentity() {
      const { id, displayName } = await client.auth.me.query()
      return { id, fullName: displayName }
    },
  }
}
