import type { ReactNode } from 'react'

export type Tone = 'good' | 'warning' | 'wrong' | 'plain'

const marks: Readonly<Record<Tone, string>> = { good: '✓', warning: '!', wrong: '✕', plain: 'i' }

/** Tells something at once, by colour, sign and text; read out at once when it is wrong. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === 'wrong' ? 'alert' : 'status'}>
      <span className="mark" aria-hidden="true">
        {marks[tone]}
      </span>
      <div>{children}</div>
    </div>
  )
}
