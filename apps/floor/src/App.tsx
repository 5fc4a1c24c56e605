import { useWords } from './messages/useWords.ts'
import { ChangePasswordPage } from './session/ChangePasswordPage.tsx'
import { SignInPage } from './session/SignInPage.tsx'
import { useSession } from './session/useSession.ts'
import { useSettings } from './settings.ts'
import { Workplace } from './Workplace.tsx'

export function App() {
  const [settings, changeSettings] = useSettings()
  const words = useWords(settings.language)
  const { session, client, enter, end, signOut } = useSession()
  if (words === null) return null
  switch (session.phase) {
    case 'loading':
      return (
        <main className="page">
          <p role="status">{words.loading}</p>
        </main>
      )
    case 'signedOut':
      return (
        <SignInPage
          words={words}
          settings={settings}
          changeSettings={changeSettings}
          hasEnded={session.hasEnded}
          onSignedIn={enter}
        />
      )
    case 'signedIn':
      return session.user.mustChangePassword ? (
        <ChangePasswordPage words={words} client={client} onChanged={enter} />
      ) : (
        <Workplace
          key={session.user.id}
          client={client}
          user={session.user}
          words={words}
          settings={settings}
          changeSettings={changeSettings}
          signOut={signOut}
          endSession={end}
        />
      )
  }
}
