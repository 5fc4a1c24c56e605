import ChevronRight from '@mui/icons-material/ChevronRight'
import ExpandMore from '@mui/icons-material/ExpandMore'
import { Box, CircularProgress, IconButton, Typography } from '@mui/material'
import { useState } from 'react'
import { Button, Link, type RaRecord, useCreatePath, useGetList, useTranslate } from 'react-admin'
import type { Resource } from '../resources/describe.ts'

/** The rows of a table as the tree that they form. A branch is read when it is opened. */
export default function TreeList({ resource }: { resource: Resource }) {
  return (
    <Box sx={{ p: 2 }}>
      <Branch resource={resource} parentId={null} />
    </Box>
  )
}

const step = 100

function Branch({ resource, parentId }: { resource: Resource; parentId: string | null }) {
  const translate = useTranslate()
  const [size, setSize] = useState(step)
  const { data, isPending, error, pageInfo } = useGetList(resource.name, {
    filter: { parentId },
    sort: resource.order,
    pagination: { page: 1, perPage: size },
  })
  if (error) return <Typography color="error">{error.message}</Typography>
  if (isPending) return <CircularProgress size={20} sx={{ m: 1 }} />
  if (data.length === 0) {
    return <Typography color="text.secondary">{translate('tree.empty')}</Typography>
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, pl: parentId === null ? 0 : 4 }}>
      {data.map((row) => (
        <Node key={row.id} resource={resource} row={row} />
      ))}
      {pageInfo?.hasNextPage && (
        <li>
          <Button label="tree.more" onClick={() => setSize(size + step)} />
        </li>
      )}
    </Box>
  )
}

function Node({ resource, row }: { resource: Resource; row: RaRecord }) {
  const translate = useTranslate()
  const createPath = useCreatePath()
  const [isOpen, setIsOpen] = useState(false)
  const name = String(row[resource.title ?? 'id'])
  const isLeaf = row.kind === 'bin'
  return (
    <li>
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 36 }}>
        {isLeaf ? (
          <Box sx={{ width: 34 }} />
        ) : (
          <IconButton
            size="small"
            aria-expanded={isOpen}
            aria-label={translate(isOpen ? 'tree.close' : 'tree.open', { name })}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? <ExpandMore /> : <ChevronRight />}
          </IconButton>
        )}
        <Link to={createPath({ resource: resource.name, type: 'show', id: row.id })}>{name}</Link>
        {row.kind && (
          <Typography variant="body2" color="text.secondary" sx={{ ml: 1 }}>
            {row.name === name ? '' : `${row.name}, `}
            {translate(`choices.kind.${row.kind}`)}
          </Typography>
        )}
      </Box>
      {isOpen && <Branch resource={resource} parentId={String(row.id)} />}
    </li>
  )
}
