import { Admin, CustomRoutes, DataTable, List, Resource } from 'react-admin'
import { BrowserRouter } from 'react-router'
import { createAuthProvider } from './providers/authProvider.ts'
import { client } from './client.ts'

const authProvider = createAuthProvider(client)

export function App() {
  return (
    <BrowserRouter basename="/admin">
      <Admin
        authProvider={authProvider}
        dataProvider={
          {
            getList: async () => {
              const { items } = await client.products.list.query({})
              return { data: items, pageInfo: {} }
            },
          } as never
        }
        disableTelemetry
        requireAuth
      >
        <Resource name="products" list={ProductList} />
        <CustomRoutes>{null}</CustomRoutes>
      </Admin>
    </BrowserRouter>
  )
}

function ProductList() {
  return (
    <List>
      <DataTable>
        <DataTable.Col source="sku" />
        <DataTable.Col source="name" />
      </DataTable>
    </List>
  )
}
