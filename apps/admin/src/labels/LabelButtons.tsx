import LabelOutlined from '@mui/icons-material/LabelOutlined'
import { Button, useListContext, useRecordContext } from 'react-admin'
import { useNavigate } from 'react-router'
import type { Resource } from '../resources/describe.ts'
import type { LabelsRequest } from './LabelsPage.tsx'
import type { LabelledTable } from './loadTargets.ts'

/** Labels of the rows that are selected in a list. */
export function LabelsOfSelected({ resource }: { resource: Resource }) {
  const { selectedIds } = useListContext()
  return <LabelsButton resource={resource} ids={selectedIds.map(String)} />
}

/** The label of the row whose page it is. */
export function LabelsOfRow({ resource }: { resource: Resource }) {
  const record = useRecordContext()
  return record === undefined ? null : (
    <LabelsButton resource={resource} ids={[String(record.id)]} />
  )
}

function LabelsButton({ resource, ids }: { resource: Resource; ids: readonly string[] }) {
  const navigate = useNavigate()
  const request: LabelsRequest = { table: resource.name as LabelledTable, ids }
  return (
    <Button label="labels.button" onClick={() => void navigate('/labels', { state: request })}>
      <LabelOutlined />
    </Button>
  )
}
