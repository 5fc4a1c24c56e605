import { AccessDenied } from 'react-admin'
import { useMayCall } from '../actions/useMayCall.ts'
import type { MenuPage } from './menuPages.tsx'

/** A page of the menu, for those to whom the menu shows it. */
export function AllowedPage({ page: { procedure, component: Page } }: { page: MenuPage }) {
  const isAllowed = useMayCall(procedure)
  if (isAllowed === undefined) return null
  return isAllowed ? <Page /> : <AccessDenied />
}
