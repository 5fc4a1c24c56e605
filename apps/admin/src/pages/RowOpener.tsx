import { ButtonBase, Link as TextLink } from '@mui/material'
import type { MouseEvent, ReactNode } from 'react'
import { Link, useCreatePath, useExpanded, useRecordContext } from 'react-admin'
import { extensionsOf } from '../extensions.ts'
import type { Resource } from '../resources/describe.ts'

/** Opens the row that it stands in, for those too who have no mouse to click the row with. */
export function RowOpener({ resource, children }: { resource: Resource; children: ReactNode }) {
  if (extensionsOf(resource.name).expand) return <Unfold resource={resource}>{children}</Unfold>
  return <ToPage resource={resource}>{children}</ToPage>
}

type OpenerProps = { resource: Resource; children: ReactNode }

function Unfold({ resource, children }: OpenerProps) {
  const record = useRecordContext()
  const [isOpen] = useExpanded(resource.name, record?.id ?? '')
  // The click goes on to the row, which unfolds.
  return (
    <ButtonBase aria-expanded={isOpen} sx={{ font: 'inherit' }}>
      {children}
    </ButtonBase>
  )
}

function ToPage({ resource, children }: OpenerProps) {
  const record = useRecordContext()
  const createPath = useCreatePath()
  if (record === undefined) return null
  const { name, rowClick } = resource
  const path = rowClick?.(record) ?? createPath({ resource: name, type: 'show', id: record.id })
  return (
    <TextLink
      component={Link}
      to={path}
      underline="hover"
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {children}
    </TextLink>
  )
}
