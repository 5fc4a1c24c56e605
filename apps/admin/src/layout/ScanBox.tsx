import QrCodeScanner from '@mui/icons-material/QrCodeScanner'
import { alpha, InputAdornment, InputBase } from '@mui/material'
import { useState } from 'react'
import { useCreatePath, useNotify, useTranslate } from 'react-admin'
import { useNavigate } from 'react-router'
import { usePanel } from '../actions/usePanel.ts'
import { shortened } from '../messages/shortened.ts'
import { filteredList } from '../pages/filteredList.ts'
import { findScanned } from './findScanned.ts'

/**
 * Opens the page of whatever carries the code: a product, a packaging, a lot or a location; where lots of
 * several products have it, their list.
 */
export function ScanBox() {
  const translate = useTranslate()
  const notify = useNotify()
  const navigate = useNavigate()
  const createPath = useCreatePath()
  const panel = usePanel()
  const [code, setCode] = useState('')

  async function find() {
    const scanned = code.trim()
    if (scanned === '') return
    try {
      const found = await findScanned(panel, scanned)
      if (found === null) {
        return notify('scan.nothing', {
          type: 'warning',
          messageArgs: { code: shortened(scanned) },
        })
      }
      setCode('')
      await navigate(
        'id' in found
          ? createPath({ ...found, type: 'show' })
          : filteredList(found.resource, { where: { code: { equals: found.code } } }),
      )
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { type: 'error' })
    }
  }

  return (
    <form
      role="search"
      style={{ minWidth: 0 }}
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <InputBase
        value={code}
        onChange={(event) => setCode(event.target.value)}
        placeholder={translate('scan.label')}
        slotProps={{ input: { 'aria-label': translate('scan.label'), enterKeyHint: 'search' } }}
        startAdornment={
          <InputAdornment position="start">
            <QrCodeScanner fontSize="small" sx={{ color: 'white' }} />
          </InputAdornment>
        }
        sx={boxStyle}
      />
    </form>
  )
}

const boxStyle = {
  mx: 1,
  px: 1,
  width: { xs: '100%', sm: 260, md: 300 },
  color: 'inherit',
  borderRadius: 1,
  backgroundColor: alpha('#000000', 0.25),
  '& input': { textOverflow: 'ellipsis' },
  '& input::placeholder': { color: '#ffffff', opacity: 0.9 },
}
