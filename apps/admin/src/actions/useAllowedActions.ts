import { useGetIdentity } from 'react-admin'
import { mayCall } from '../contract/procedures.ts'
import type { PanelIdentity } from '../providers/authProvider.ts'
import type { RecordAction, Resource } from '../resources/describe.ts'

/** The actions of a table that whoever is signed in may do. */
export function useAllowedActions(resource: Resource): readonly RecordAction[] {
  const { identity } = useGetIdentity()
  const role = (identity as PanelIdentity | undefined)?.role
  if (role === undefined) return []
  return (resource.actions ?? []).filter(({ procedure }) => mayCall(role, procedure))
}
