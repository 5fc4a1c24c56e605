import { useFloor } from './floor.ts'
import { LanguageChoice } from './layout/LanguageChoice.tsx'
import { Notice } from './layout/Notice.tsx'
import type { Theme } from './settings.ts'

const tasks = [
  ['receive', '↓'],
  ['move', '⇄'],
  ['ship', '↑'],
  ['count', '#'],
  ['lookup', '?'],
] as const

const themes: readonly Theme[] = ['system', 'light', 'dark']

export function HomePage() {
  const { words, user, outboxState } = useFloor()
  return (
    <>
      <nav className="tasks" aria-label={words.home.title}>
        {tasks.map(([task, sign]) => (
          <a key={task} className={`task ${task}`} href={`#${task}`}>
            <span className="sign" aria-hidden="true">
              {sign}
            </span>
            {words.home[task]}
          </a>
        ))}
      </nav>
      {outboxState.ofOthers > 0 && (
        <Notice tone="plain">{words.header.ofOthers(outboxState.ofOthers)}</Notice>
      )}
      <details className="card">
        <summary>
          {words.home.settings} · {user.displayName}
        </summary>
        <SettingsForm />
      </details>
    </>
  )
}

function SettingsForm() {
  const floor = useFloor()
  const { words, settings, changeSettings, catalogue, readAgain, outboxState, signOut } = floor
  const waiting = outboxState.waiting.length
  return (
    <div className="stack">
      <LanguageChoice words={words} settings={settings} changeSettings={changeSettings} />
      <label className="field">
        {words.settings.theme}
        <select
          value={settings.theme}
          onChange={({ target }) => changeSettings({ theme: target.value as Theme })}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {words.settings[theme]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {words.settings.device}
        <input
          defaultValue={settings.device}
          maxLength={100}
          onBlur={({ target }) => changeSettings({ device: target.value })}
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={settings.sound}
          onChange={({ target }) => changeSettings({ sound: target.checked })}
        />
        {words.settings.sound}
      </label>
      {catalogue !== null && <p>{words.settings.dataFrom(words.time(catalogue.readAt))}</p>}
      <button type="button" onClick={() => void readAgain()}>
        {words.settings.readAgain}
      </button>
      <a className="button" href="/admin">
        {words.home.adminPanel}
      </a>
      {waiting > 0 && <Notice tone="warning">{words.home.signOutWithWaiting(waiting)}</Notice>}
      <button type="button" onClick={() => void signOut()}>
        {words.home.signOut}
      </button>
    </div>
  )
}
