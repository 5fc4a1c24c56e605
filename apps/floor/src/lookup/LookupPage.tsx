import type { ApiOutputs } from '@stockbook/client'
import { useRef, useState } from 'react'
import type { Location, Product } from '../catalogue/catalogue.ts'
import { failureOf } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Found } from '../scanning/findScan.ts'
import { ScanBox } from '../scanning/ScanBox.tsx'
import { useScans } from '../scanning/useScans.ts'
import { Levels } from './Levels.tsx'
import { Movements } from './Movements.tsx'

type Answer = {
  subject: { product: Product } | { location: Location }
  levels: ApiOutputs['stock']['levels']['items']
  movements: ApiOutputs['stock']['history']['items']
}

/** What lies where, and what moved last: by the server's word, for nothing else is true. */
export default function LookupPage() {
  const { words, client, signals } = useFloor()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const asked = useRef(0)

  async function look(found: Found): Promise<void> {
    const mine = ++asked.current
    signals.taken()
    setWrong(null)
    try {
      const next =
        found.kind === 'product' ? await ofProduct(found.product) : await ofPlace(found.location)
      // A later scan may have been answered earlier.
      if (mine === asked.current) setAnswer(next)
    } catch (error) {
      if (mine !== asked.current) return
      refuse(words.failure(failureOf(error), words.lookup.needsNetwork))
    }
  }

  function refuse(text: string): void {
    signals.wrong()
    setWrong(text)
    // What lies there is not about this scan.
    setAnswer(null)
  }

  async function ofProduct(product: Product): Promise<Answer> {
    const [levels, history] = await Promise.all([
      client.stock.levels.query({ productId: product.id, limit: 50 }),
      client.stock.history.query({ productId: product.id, limit: 10 }),
    ])
    return { subject: { product }, levels: levels.items, movements: history.items }
  }

  async function ofPlace(location: Location): Promise<Answer> {
    const { items } = await client.stock.levels.query({ locationId: location.id, limit: 50 })
    return { subject: { location }, levels: items, movements: [] }
  }

  const scans = useScans(
    (found) => void look(found),
    (sentence) => {
      // What was asked for before is not what is scanned now.
      asked.current++
      refuse(`${sentence} ${words.lookup.scan}`)
    },
  )
  return (
    <div className="stack">
      {wrong !== null ? (
        <Notice tone="wrong">{wrong}</Notice>
      ) : (
        <p className="want" role="status">
          {words.lookup.scan}
        </p>
      )}
      <ScanBox scans={scans} />
      {answer !== null && <AnswerView answer={answer} />}
    </div>
  )
}

function AnswerView({ answer: { subject, levels, movements } }: { answer: Answer }) {
  const { words } = useFloor()
  if ('location' in subject) {
    const { code, name } = subject.location
    return (
      <section className="card stack">
        <h2>
          {code} <span className="quiet">{name}</span>
        </h2>
        <Levels levels={levels} showProduct />
      </section>
    )
  }
  const { product } = subject
  const total = levels.reduce((sum, { onHand }) => sum + onHand, 0)
  return (
    <section className="card stack">
      <h2>
        {product.name} <span className="quiet">{product.sku}</span>
      </h2>
      <p className="total">
        {words.lookup.total}:{' '}
        <strong>{words.fields.inAll(words.number(total), product.baseUnit)}</strong>
      </p>
      <Levels levels={levels} />
      <h3>{words.lookup.movements}</h3>
      <Movements movements={movements} />
    </section>
  )
}
