import { Box, Card, Typography } from '@mui/material'
import { LocalesMenuButton, ToggleThemeButton } from 'react-admin'
import icon from '../icon.svg'
import { useDocumentLanguage } from './PanelLayout.tsx'
import { SignInForm } from './SignInForm.tsx'

/** The only page of somebody who is not signed in. */
export function SignIn() {
  useDocumentLanguage()
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Box sx={{ position: 'absolute', top: 8, right: 8 }}>
        <LocalesMenuButton />
        <ToggleThemeButton />
      </Box>
      <Card sx={{ width: '100%', maxWidth: 360, p: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2, pt: 1 }}>
          <img src={icon} alt="" width={36} height={36} />
          <Typography component="h1" variant="h5">
            Stockbook
          </Typography>
        </Box>
        <SignInForm />
      </Card>
    </Box>
  )
}
