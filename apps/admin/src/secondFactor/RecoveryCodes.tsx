import { Alert, Box, Button } from '@mui/material'
import { useTranslate } from 'react-admin'

/** Told once: whoever loses the app signs in with one of them. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const translate = useTranslate()
  return (
    <>
      <Alert severity="success">{translate('secondFactor.confirmed')}</Alert>
      <Box
        component="ul"
        aria-label={translate('secondFactor.recoveryCodes')}
        sx={{ columns: 2, listStyle: 'none', p: 0, my: 2, fontFamily: 'monospace', fontSize: 18 }}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Box>
      <Button variant="contained" onClick={onKept}>
        {translate('secondFactor.kept')}
      </Button>
    </>
  )
}
