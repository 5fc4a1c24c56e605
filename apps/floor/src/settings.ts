import { useEffect, useState } from 'react'
import { type Language, preferredLanguage } from './messages/format.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What a person chose on this device. */
export type Settings = {
  language: Language
  theme: Theme
  sound: boolean
  /** Names this device in the book. */
  device: string
}

const place = 'stockbook-floor-settings'

function readSettings(): Settings {
  const defaults: Settings = {
    language: preferredLanguage(navigator.languages),
    theme: 'system',
    sound: true,
    device: `floor-${crypto.randomUUID().slice(0, 4)}`,
  }
  try {
    return {
      ...defaults,
      ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Settings>),
    }
  } catch {
    return defaults
  }
}

/** The settings, and how to change some of them. */
export function useSettings(): [Settings, (change: Partial<Settings>) => void] {
  const [settings, setSettings] = useState(readSettings)
  useEffect(() => {
    localStorage.setItem(place, JSON.stringify(settings))
    document.documentElement.lang = settings.language
    document.documentElement.dataset.theme = settings.theme
  }, [settings])
  return [settings, (change) => setSettings((before) => ({ ...before, ...change }))]
}
