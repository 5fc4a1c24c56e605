import { Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import { programIn } from './programIn.ts'

/** Browser and system in words, and what the program calls itself where the pointer rests on it. */
export default function ProgramName({ userAgent }: { userAgent: string }) {
  const translate = useTranslate()
  const program = programIn(userAgent)
  return (
    <Typography component="span" variant="body2" title={userAgent}>
      {program === null ? userAgent : translate('browserOnSystem', program)}
    </Typography>
  )
}
