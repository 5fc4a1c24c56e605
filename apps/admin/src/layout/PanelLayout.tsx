import { lazy, useEffect } from 'react'
import { Layout, type LayoutProps, useGetIdentity, useLocale } from 'react-admin'
import type { PanelIdentity } from '../providers/authProvider.ts'
import { PanelAppBar } from './PanelAppBar.tsx'
import { PanelMenu } from './PanelMenu.tsx'

const ChangePassword = lazy(() => import('./ChangePassword.tsx'))

/** What is around every page. Nobody goes on with a password that somebody else chose. */
export function PanelLayout({ children, ...rest }: LayoutProps) {
  const { identity } = useGetIdentity()
  const mustChange = (identity as PanelIdentity | undefined)?.mustChangePassword ?? false
  useDocumentLanguage()
  return (
    <Layout {...rest} appBar={PanelAppBar} menu={PanelMenu}>
      {mustChange ? <ChangePassword isForced /> : children}
    </Layout>
  )
}

/** Screen readers and hyphenation follow the language of the document. */
export function useDocumentLanguage(): void {
  const locale = useLocale()
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
}
