import ViewWeek from '@mui/icons-material/ViewWeek'
import { Popover } from '@mui/material'
import { lazy, Suspense, useState } from 'react'
import { Button, useTranslate } from 'react-admin'
import type { Resource } from '../resources/describe.ts'

const ColumnsChoice = lazy(() => import('./ColumnsChoice.tsx'))

/**
 * Opens the choice of columns. Our own: in react-admin's each switch stands inside an option of
 * what is no list box, and an order takes a mouse.
 */
export function ColumnsButton({ resource }: { resource: Resource }) {
  const translate = useTranslate()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <Button
        label="ra.action.select_columns"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <ViewWeek />
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={() => setAnchor(null)}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': translate('ra.action.select_columns') },
        }}
      >
        <Suspense>
          <ColumnsChoice resource={resource} />
        </Suspense>
      </Popover>
    </>
  )
}
