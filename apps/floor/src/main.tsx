import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import './style.css'

createRoot(document.getElementById('root')!).render(<App />)

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // Without it the page works all the same, only not without a network.
  navigator.serviceWorker.register('/serviceWorker.js').catch(() => {})
}
