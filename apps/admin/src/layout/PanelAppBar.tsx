import Password from '@mui/icons-material/Password'
import PhonelinkLock from '@mui/icons-material/PhonelinkLock'
import { ListItemIcon, ListItemText, MenuItem, type Theme, useMediaQuery } from '@mui/material'
import {
  AppBar,
  LoadingIndicator,
  LocalesMenuButton,
  Logout,
  TitlePortal,
  ToggleThemeButton,
  UserMenu,
  useGetIdentity,
  useTranslate,
  useUserMenu,
} from 'react-admin'
import { Link } from 'react-router'
import { languages } from '../messages/i18nProvider.ts'
import { ScanBox } from './ScanBox.tsx'

export function PanelAppBar() {
  return (
    <AppBar userMenu={<PanelUserMenu />} toolbar={<PanelTools />} color="primary">
      <TitlePortal component="h1" />
      <ScanBox />
    </AppBar>
  )
}

function PanelTools() {
  const isNarrow = useIsNarrow()
  return (
    <>
      {isNarrow ? (
        <LocalesMenuButton icon={<></>} languages={shortLanguages} />
      ) : (
        <LocalesMenuButton />
      )}
      <ToggleThemeButton />
      <LoadingIndicator />
    </>
  )
}

function useIsNarrow(): boolean {
  return useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'))
}

/** A phone has no room for their whole names. */
const shortLanguages = Object.keys(languages).map((locale) => ({
  locale,
  name: locale.toUpperCase(),
}))

function PanelUserMenu() {
  const { identity } = useGetIdentity()
  const isNarrow = useIsNarrow()
  // Its name must hold what is written on it: on a phone nothing is.
  const label = isNarrow ? undefined : identity?.fullName
  return (
    <UserMenu label={label ?? 'ra.auth.user_menu'}>
      <Myself />
      <PageItem path="/change-password" label="auth.changePassword" icon={Password} />
      <PageItem path="/second-factor" label="secondFactor.title" icon={PhonelinkLock} />
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

/** A page of one's own. */
function PageItem({
  path,
  label,
  icon: Icon,
}: {
  path: string
  label: string
  icon: typeof Password
}) {
  const translate = useTranslate()
  const menu = useUserMenu()
  return (
    <MenuItem component={Link} to={path} onClick={() => menu?.onClose()}>
      <ListItemIcon>
        <Icon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{translate(label)}</ListItemText>
    </MenuItem>
  )
}
