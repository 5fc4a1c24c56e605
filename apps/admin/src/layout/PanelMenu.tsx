import { ListSubheader } from '@mui/material'
import { Menu, useGetIdentity, useSidebarState, useTranslate } from 'react-admin'
import { mayCall } from '../contract/procedures.ts'
import type { PanelIdentity } from '../providers/authProvider.ts'
import { menuGroups } from '../resources/describe.ts'
import { resources } from '../resources/index.ts'
import { menuPages } from './menuPages.tsx'

/** The tables that whoever is signed in may read, in groups. */
export function PanelMenu() {
  const translate = useTranslate()
  const { identity } = useGetIdentity()
  const [isOpen] = useSidebarState()
  const role = (identity as PanelIdentity | undefined)?.role
  if (role === undefined) return null
  return (
    <Menu>
      <Menu.DashboardItem />
      {menuGroups.map((group) => {
        const tables = resources.filter(
          (resource) => resource.group === group && mayCall(role, resource.list),
        )
        const pages = menuPages.filter(
          (page) => page.group === group && mayCall(role, page.procedure),
        )
        if (tables.length + pages.length === 0) return null
        return [
          isOpen && (
            <ListSubheader key={group} role="presentation" disableSticky sx={{ lineHeight: 3 }}>
              {translate(`groups.${group}`)}
            </ListSubheader>
          ),
          ...tables.map(({ name }) => <Menu.ResourceItem key={name} name={name} />),
          ...pages.map(({ path, label, icon: Icon }) => (
            <Menu.Item key={path} to={path} primaryText={label} leftIcon={<Icon />} />
          )),
        ]
      })}
    </Menu>
  )
}
