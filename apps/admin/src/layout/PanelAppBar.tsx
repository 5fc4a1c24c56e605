import Password from '@mui/icons-material/Password'
import { ListItemIcon, ListItemText, MenuItem } from '@mui/material'
import {
  AppBar,
  Logout,
  TitlePortal,
  UserMenu,
  useGetIdentity,
  useTranslate,
  useUserMenu,
} from 'react-admin'
import { Link } from 'react-router'
import { ScanBox } from './ScanBox.tsx'

export function PanelAppBar() {
  return (
    <AppBar userMenu={<PanelUserMenu />} color="primary">
      <TitlePortal component="h1" />
      <ScanBox />
    </AppBar>
  )
}

function PanelUserMenu() {
  const { identity } = useGetIdentity()
  return (
    // Its name must hold what is written on it.
    <UserMenu label={identity?.fullName ?? 'ra.auth.user_menu'}>
      <Myself />
      <ChangePasswordItem />
      <Logout />
    </UserMenu>
  )
}

function Myself() {
  const { identity } = useGetIdentity()
  const translate = useTranslate()
  return (
    <MenuItem disabled sx={{ '&.Mui-disabled': { opacity: 1 } }}>
      {translate('auth.myself', { name: identity?.fullName ?? '' })}
    </MenuItem>
  )
}

function ChangePasswordItem() {
  const translate = useTranslate()
  const menu = useUserMenu()
  return (
    <MenuItem component={Link} to="/change-password" onClick={() => menu?.onClose()}>
      <ListItemIcon>
        <Password fontSize="small" />
      </ListItemIcon>
      <ListItemText>{translate('auth.changePassword')}</ListItemText>
    </MenuItem>
  )
}
