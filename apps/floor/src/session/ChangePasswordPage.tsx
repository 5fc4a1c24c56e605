import { isStockbookError, type StockbookClient } from '@stockbook/client'
import { type FormEvent, useState } from 'react'
import { Notice } from '../layout/Notice.tsx'
import type { Words } from '../messages/format.ts'
import type { User } from './useSession.ts'

type ChangePasswordPageProps = {
  words: Words
  client: StockbookClient
  onChanged: (user: User) => void
}

/** Somebody else chose the password: until it is another one, the server answers nothing else. */
export function ChangePasswordPage({ words, client, onChanged }: ChangePasswordPageProps) {
  const [fault, setFault] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    try {
      onChanged(
        await client.auth.changePassword.mutate({
          currentPassword: String(form.get('current')),
          newPassword: String(form.get('new')),
        }),
      )
    } catch (error) {
      if (!isStockbookError(error)) throw error
      setFault(error.fieldErrors.newPassword ? words.signIn.passwordRule : words.failure(error))
    }
  }

  return (
    <main className="page signIn">
      <h1>{words.signIn.changePassword}</h1>
      <form className="card" onSubmit={(event) => void submit(event)}>
        <label className="field">
          {words.signIn.password}
          <input name="current" type="password" autoComplete="current-password" required />
        </label>
        <label className="field">
          {words.signIn.newPassword}
          <input name="new" type="password" autoComplete="new-password" required />
        </label>
        {fault !== null && <Notice tone="wrong">{fault}</Notice>}
        <button type="submit" className="primary">
          {words.signIn.savePassword}
        </button>
      </form>
    </main>
  )
}
