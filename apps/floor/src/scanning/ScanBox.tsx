import { type FormEvent, lazy, type MouseEvent, Suspense, useRef, useState } from 'react'
import { useFloor } from '../floor.ts'
import { Boundary } from '../layout/Boundary.tsx'
import { Notice } from '../layout/Notice.tsx'
import type { Found } from './findScan.ts'
import type { Scans } from './useScans.ts'

const Camera = lazy(() => import('./Camera.tsx'))

/** Takes a code by hand or by camera, and offers what the typed words may mean. */
export function ScanBox({ scans }: { scans: Scans }) {
  const { words, catalogue } = useFloor()
  const [text, setText] = useState('')
  const [isCameraOn, setIsCameraOn] = useState(false)
  const { products, locations } = catalogue?.search(text) ?? { products: [], locations: [] }
  const box = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const typed = text.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    if (typed === '') return
    setText('')
    scans.pick(typed)
  }

  function choose(found: Found, { detail }: MouseEvent) {
    setText('')
    // The choices go, and what was pressed with them. After a tap, the field would bring the keyboard up.
    const isByKeys = detail === 0
    const next = isByKeys ? field : box
    next.current?.focus()
    scans.take(found)
  }

  return (
    <section className="scanBox" ref={box} tabIndex={-1}>
      <form className="row" onSubmit={submit}>
        <input
          className="grow"
          ref={field}
          aria-label={words.scan.label}
          placeholder={words.scan.placeholder}
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit">{words.scan.go}</button>
        <button
          type="button"
          aria-pressed={isCameraOn}
          aria-label={isCameraOn ? words.scan.stopCamera : words.scan.camera}
          onClick={() => setIsCameraOn(!isCameraOn)}
        >
          <CameraSign />
        </button>
      </form>
      {isCameraOn && (
        <Boundary>
          <Suspense fallback={<p role="status">{words.loading}</p>}>
            <Camera onScan={scans.scan} />
          </Suspense>
        </Boundary>
      )}
      {typed.length > 1 && products.length + locations.length > 0 && (
        <ul className="choices">
          {products.map((product) => (
            <li key={product.id}>
              <button
                type="button"
                onClick={(event) =>
                  choose(
                    { kind: 'product', product, packaging: null, count: null, lot: null },
                    event,
                  )
                }
              >
                <strong>{product.name}</strong> <span className="quiet">{product.sku}</span>
              </button>
            </li>
          ))}
          {locations.map((location) => (
            <li key={location.id}>
              <button
                type="button"
                onClick={(event) => choose({ kind: 'location', location }, event)}
              >
                <strong>{location.code}</strong> <span className="quiet">{location.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {scans.notice !== null && <Notice tone="warning">{scans.notice}</Notice>}
    </section>
  )
}

function CameraSign() {
  return (
    <svg className="cameraSign" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 7h3.5L9 4.5h6L16.5 7H20a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z" />
      <circle cx="12" cy="12.5" r="3.5" />
    </svg>
  )
}
