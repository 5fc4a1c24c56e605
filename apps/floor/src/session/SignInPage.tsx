import { isStockbookError } from '@stockbook/client'
import { type FormEvent, useState } from 'react'
import { client } from '../client.ts'
import { LanguageChoice } from '../layout/LanguageChoice.tsx'
import { Notice } from '../layout/Notice.tsx'
import type { Words } from '../messages/format.ts'
import type { Settings } from '../settings.ts'
import type { User } from './useSession.ts'

type SignInPageProps = {
  words: Words
  settings: Settings
  changeSettings: (change: Partial<Settings>) => void
  /** Somebody was signed in until now. */
  hasEnded: boolean
  onSignedIn: (user: User) => void
}

export function SignInPage(props: SignInPageProps) {
  const { words, settings, changeSettings, hasEnded, onSignedIn } = props
  const [fault, setFault] = useState<string | null>(null)
  const [wantsCode, setWantsCode] = useState(false)
  const [isBusy, setIsBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setIsBusy(true)
    setFault(null)
    try {
      const { user } = await client.auth.signIn.mutate({
        username: String(form.get('username')),
        password: String(form.get('password')),
        ...(wantsCode && { code: String(form.get('code')) }),
      })
      onSignedIn(user)
    } catch (error) {
      setIsBusy(false)
      if (isStockbookError(error, 'SECOND_FACTOR_REQUIRED')) setWantsCode(true)
      setFault(isStockbookError(error) ? words.failure(error) : String(error))
    }
  }

  return (
    <main className="page signIn">
      <h1>
        <img src="/icon.svg" alt="" width="40" height="40" /> {words.appName}
      </h1>
      {hasEnded && <Notice tone="warning">{words.signIn.ended}</Notice>}
      <form className="card" onSubmit={(event) => void submit(event)}>
        <label className="field">
          {words.signIn.username}
          <input name="username" autoComplete="username" autoCapitalize="none" required />
        </label>
        <label className="field">
          {words.signIn.password}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {wantsCode && (
          <label className="field">
            {words.signIn.code}
            <input name="code" autoComplete="one-time-code" autoCapitalize="none" required />
          </label>
        )}
        {fault !== null && <Notice tone="wrong">{fault}</Notice>}
        <button type="submit" className="primary" disabled={isBusy}>
          {words.signIn.submit}
        </button>
      </form>
      <LanguageChoice words={words} settings={settings} changeSettings={changeSettings} />
    </main>
  )
}
