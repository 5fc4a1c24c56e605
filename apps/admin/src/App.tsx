import { lazy } from 'react'
import {
  Admin,
  CustomRoutes,
  type I18nProvider,
  type RaRecord,
  Resource,
  type Store,
} from 'react-admin'
import { BrowserRouter, Route } from 'react-router'
import { client } from './client.ts'
import { extensionsOf } from './extensions.ts'
import { AllowedPage } from './layout/AllowedPage.tsx'
import { menuPages } from './layout/menuPages.tsx'
import { PanelLayout } from './layout/PanelLayout.tsx'
import { SignIn } from './layout/SignIn.tsx'
import { createAuthProvider } from './providers/authProvider.ts'
import { createDataProvider } from './providers/dataProvider.ts'
import { resources } from './resources/index.ts'
import { darkTheme, lightTheme } from './theme.ts'

// Each page is loaded when somebody goes there.
const Dashboard = lazy(() => import('./dashboard/Dashboard.tsx'))
const ChangePassword = lazy(() => import('./layout/ChangePassword.tsx'))
const SecondFactorPage = lazy(() => import('./secondFactor/SecondFactorPage.tsx'))
const listOf = (name: string) =>
  lazy(async () => ({ default: (await import('./pages/ResourceList.tsx')).listOf(name) }))
const showOf = (name: string) =>
  lazy(async () => ({ default: (await import('./pages/ResourceShow.tsx')).showOf(name) }))
const editOf = (name: string) =>
  lazy(async () => ({ default: (await import('./pages/ResourceEdit.tsx')).editOf(name) }))
const createOf = (name: string) =>
  lazy(async () => ({ default: (await import('./pages/ResourceCreate.tsx')).createOf(name) }))

const tables = resources.map((resource) => {
  const { name } = resource
  const extensions = extensionsOf(name)
  return {
    name,
    icon: resource.icon,
    recordRepresentation: (row: RaRecord) => String(row[resource.title ?? 'id'] ?? ''),
    ...(resource.group !== null && { list: listOf(name) }),
    ...(resource.get && { show: extensions.show ?? showOf(name) }),
    ...(resource.update && { edit: editOf(name) }),
    ...(resource.create && { create: extensions.create ?? createOf(name) }),
  }
})

/** The panel, with what it remembers in the browser and the language that it speaks. */
export function createApp(store: Store, i18nProvider: I18nProvider) {
  const words = () => ({
    locale: i18nProvider.getLocale(),
    translate: i18nProvider.translate,
  })
  const authProvider = createAuthProvider(client, words)
  // Who cannot be asked for is told least, and the call that follows says what is wrong.
  const role = () =>
    authProvider.getIdentity().then(
      (identity) => identity.role,
      () => 'operator' as const,
    )
  const dataProvider = createDataProvider(client, words, role)
  return function App() {
    return (
      <BrowserRouter basename="/admin">
        <Admin
          title="Stockbook"
          authProvider={authProvider}
          dataProvider={dataProvider}
          i18nProvider={i18nProvider}
          store={store}
          lightTheme={lightTheme}
          darkTheme={darkTheme}
          layout={PanelLayout}
          dashboard={Dashboard}
          loginPage={SignIn}
          requireAuth
          disableTelemetry
        >
          {tables.map((table) => (
            <Resource key={table.name} {...table} />
          ))}
          <CustomRoutes>
            <Route path="/change-password" element={<ChangePassword />} />
            <Route path="/second-factor" element={<SecondFactorPage />} />
            {menuPages.map((page) => (
              <Route key={page.path} path={page.path} element={<AllowedPage page={page} />} />
            ))}
          </CustomRoutes>
        </Admin>
      </BrowserRouter>
    )
  }
}
