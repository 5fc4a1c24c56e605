import { type Language, languageNames } from '../messages/format.ts'
import type { Floor } from '../floor.ts'

type LanguageChoiceProps = Pick<Floor, 'words' | 'settings' | 'changeSettings'>

export function LanguageChoice({ words, settings, changeSettings }: LanguageChoiceProps) {
  return (
    <label className="field">
      {words.settings.language}
      <select
        value={settings.language}
        onChange={({ target }) => changeSettings({ language: target.value as Language })}
      >
        {Object.entries(languageNames).map(([key, name]) => (
          <option key={key} value={key} lang={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
