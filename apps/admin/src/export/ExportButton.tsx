import Download from '@mui/icons-material/Download'
import { lazy, Suspense, useState } from 'react'
import { Button } from 'react-admin'
import type { Resource } from '../resources/describe.ts'

const ExportDialog = lazy(() => import('./ExportDialog.tsx'))

/** Above a list: takes what the list holds into a file. */
export function ExportButton({ resource }: { resource: Resource }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button label="export.button" onClick={() => setIsOpen(true)}>
        <Download />
      </Button>
      {isOpen && (
        <Suspense>
          <ExportDialog resource={resource} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
