import { useGetIdentity } from 'react-admin'
import { mayCall, type ProcedureName } from '../contract/procedures.ts'
import type { PanelIdentity } from '../providers/authProvider.ts'

/** Whether whoever is signed in may call it. Undefined: who that is, is being asked. */
export function useMayCall(procedure: ProcedureName): boolean | undefined {
  const { identity } = useGetIdentity()
  const role = (identity as PanelIdentity | undefined)?.role
  return role && mayCall(role, procedure)
}
