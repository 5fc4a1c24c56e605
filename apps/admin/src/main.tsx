import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createApp } from './App.tsx'
import { createI18nProvider } from './messages/i18nProvider.ts'
import { createPanelStore } from './panelStore.ts'

async function start(root: HTMLElement) {
  const store = createPanelStore()
  const App = createApp(store, await createI18nProvider(store.getItem('locale')))
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
