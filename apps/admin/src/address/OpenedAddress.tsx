import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useStoreContext } from 'react-admin'
import { useLocation, useNavigate, useNavigationType } from 'react-router'
import type { Resource } from '../resources/describe.ts'
import { type Asked, askedIn, searchOf } from './asked.ts'
import { judge } from './judge.ts'

const LeftOut = lazy(() => import('./LeftOut.tsx'))

/**
 * Shows a list only at an address of which it can do all. Somebody who opens another one, from outside,
 * from what the browser remembers or from a saved query, comes to the nearest, and is told what was
 * left out.
 */
export function OpenedAddress({ resource, children }: { resource: Resource; children: ReactNode }) {
  const location = useLocation()
  const navigate = useNavigate()
  const type = useNavigationType()
  const { getItem } = useStoreContext()
  const [firstKey] = useState(location.key)
  const isOpened = type === 'POP' || location.key === firstKey
  const asked = location.search ? askedIn(location.search) : remembered(getItem, resource)
  const judged = judge(resource, asked, isOpened)
  const better = judged.isSound ? null : searchOf(judged.sound)
  const told = location.state as { leftOut?: Asked } | null

  useEffect(() => {
    if (better === null) return
    void navigate({ search: better }, { replace: true, state: { leftOut: judged.leftOut } })
  }, [better])

  if (better !== null) return null
  return (
    <>
      {told?.leftOut && Object.keys(told.leftOut).length > 0 && (
        <Suspense>
          <LeftOut
            resource={resource}
            leftOut={told.leftOut}
            onClose={() => void navigate({ search: location.search }, { replace: true })}
          />
        </Suspense>
      )}
      {children}
    </>
  )
}

/** Where react-admin keeps what a list was asked last. */
function remembered(getItem: (key: string) => unknown, { name }: Resource): Asked {
  return (getItem(`${name}.listParams`) ?? {}) as Asked
}
