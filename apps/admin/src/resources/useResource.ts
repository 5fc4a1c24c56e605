import { useGetIdentity } from 'react-admin'
import type { PanelIdentity } from '../providers/authProvider.ts'
import type { Resource } from './describe.ts'
import { forRole } from './forRole.ts'
import { resourceOf } from './index.ts'

/** The table as whoever is signed in may see it. Undefined: who that is, is being asked. */
export function useResource(name: string): Resource | undefined {
  const { identity } = useGetIdentity()
  const role = (identity as PanelIdentity | undefined)?.role
  return role && forRole(resourceOf(name), role)
}
