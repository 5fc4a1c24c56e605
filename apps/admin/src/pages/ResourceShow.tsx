import { lazy, Suspense } from 'react'
import {
  EditButton,
  Show,
  TabbedShowLayout,
  TabbedShowLayoutTabs,
  TopToolbar,
  useCreatePath,
  useGetIdentity,
  useRecordContext,
  useResourceDefinition,
  useTranslate,
} from 'react-admin'
import { Navigate, useParams } from 'react-router'
import { RowActions } from '../actions/RowActions.tsx'
import { mayCall } from '../contract/procedures.ts'
import { extensionsOf } from '../extensions.ts'
import { History } from '../history/History.tsx'
import type { PanelIdentity } from '../providers/authProvider.ts'
import type { RelatedList, Resource } from '../resources/describe.ts'
import { resourceOf } from '../resources/index.ts'
import { useResource } from '../resources/useResource.ts'
import { CopyButton } from './CopyButton.tsx'
import { Details } from './Details.tsx'
import { RelatedRows } from './RelatedRows.tsx'

const Attachments = lazy(() => import('../attachments/Attachments.tsx'))

/** The page of one row: all its fields, what belongs to it, and what became of it. */
export function showOf(name: string) {
  return function ResourceShow() {
    const resource = useResource(name)
    if (resource === undefined) return null
    return (
      <Show actions={<ShowActions resource={resource} />}>
        <Tabs resource={resource} />
      </Show>
    )
  }
}

function ShowActions({ resource }: { resource: Resource }) {
  const record = useRecordContext()
  const { hasEdit } = useResourceDefinition({ resource: resource.name })
  const { rowButtons = [] } = extensionsOf(resource.name)
  return (
    <TopToolbar>
      {record && <RowActions resource={resource} />}
      {record &&
        rowButtons.map((RowButton, index) => (
          <Suspense key={index}>
            <RowButton resource={resource} />
          </Suspense>
        ))}
      {resource.cloneWithout && <CopyButton resource={resource} />}
      {hasEdit && <EditButton />}
    </TopToolbar>
  )
}

function Tabs({ resource }: { resource: Resource }) {
  const translate = useTranslate()
  const { identity } = useGetIdentity()
  const createPath = useCreatePath()
  const { id, '*': asked } = useParams()
  const role = (identity as PanelIdentity | undefined)?.role
  if (role === undefined) return null
  const related = (resource.related ?? []).filter(({ resource: other }) =>
    mayCall(role, resourceOf(other).list),
  )
  const { tabs: ownTabs = [] } = extensionsOf(resource.name)
  const tabs = ownTabs.filter(({ procedure }) => mayCall(role, procedure))
  const hasHistory = (resource.auditEntity ?? resource.attachedTo) && mayCall(role, 'audit.list')
  const paths = [
    ...related.map((list) => list.resource),
    ...tabs.map(({ name }) => name),
    ...(resource.attachedTo ? ['attachments'] : []),
    ...(hasHistory ? ['history'] : []),
  ]
  // The address of a tab that there is not, or not for this person, still names the row.
  if (asked && !paths.includes(asked)) {
    return <Navigate to={createPath({ resource: resource.name, id, type: 'show' })} replace />
  }
  return (
    <TabbedShowLayout tabs={<TabbedShowLayoutTabs variant="scrollable" allowScrollButtonsMobile />}>
      <TabbedShowLayout.Tab label={translate('details')}>
        <Details resource={resource} role={role} />
      </TabbedShowLayout.Tab>
      {related.map((list) => (
        <TabbedShowLayout.Tab
          key={list.resource}
          path={list.resource}
          label={translate(`resources.${list.resource}.name`, { smart_count: 2 })}
        >
          <RelatedRows list={list satisfies RelatedList} />
        </TabbedShowLayout.Tab>
      ))}
      {tabs.map(({ name, component: Content }) => (
        <TabbedShowLayout.Tab
          key={name}
          path={name}
          label={translate(`resources.${name}.name`, { smart_count: 2 })}
        >
          <Suspense>
            <Content />
          </Suspense>
        </TabbedShowLayout.Tab>
      ))}
      {resource.attachedTo && (
        <TabbedShowLayout.Tab path="attachments" label={translate('attachments.tab')}>
          <Files attachedTo={resource.attachedTo} />
        </TabbedShowLayout.Tab>
      )}
      {hasHistory && (
        <TabbedShowLayout.Tab path="history" label={translate('history.tab')}>
          <HistoryOfRow resource={resource} />
        </TabbedShowLayout.Tab>
      )}
    </TabbedShowLayout>
  )
}

function Files({ attachedTo }: { attachedTo: NonNullable<Resource['attachedTo']> }) {
  const record = useRecordContext()
  if (record === undefined) return null
  return (
    <Suspense>
      <Attachments row={attachedTo(record)} />
    </Suspense>
  )
}

/** Where files belong to more than the row, to all movements of a command, that is what is told of. */
function HistoryOfRow({ resource: { auditEntity = '', attachedTo } }: { resource: Resource }) {
  const record = useRecordContext()
  if (record === undefined) return null
  const { entity, entityId } = attachedTo?.(record) ?? {
    entity: auditEntity,
    entityId: String(record.id),
  }
  return <History entity={entity} entityId={entityId} />
}
