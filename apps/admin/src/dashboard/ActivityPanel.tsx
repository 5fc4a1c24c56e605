import type { ApiOutputs } from '@stockbook/client'
import { useCreatePath, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { filteredList } from '../pages/filteredList.ts'
import { resources } from '../resources/index.ts'
import { Panel } from './Panel.tsx'
import { Row, Rows } from './Rows.tsx'
import { useFigures } from './useFigures.ts'

type Entry = ApiOutputs['audit']['list']['items'][number]

const entryCount = 7

/** What was changed last, and by whom. For administrators. */
export function ActivityPanel() {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const createPath = useCreatePath()
  const figures = useFigures('activity', async (signal) => {
    const admin = await client.as('admin', { signal })
    return admin.audit.list.query({ limit: entryCount }, { signal })
  })

  function titleOf({ action, entity, entityId, before, after }: Entry): string {
    if (entity === 'command') {
      const lines = translate('dashboard.activity.lines', { smart_count: Number(after?.lines) })
      return [lines, after?.reference].filter(Boolean).join(', ')
    }
    const resource = resources.find(({ auditEntity }) => auditEntity === entity)
    const [feature = ''] = action.split('.')
    const table = translate(`names.${resource?.name ?? feature}`, { smart_count: 1, _: entity })
    const own = resource?.title && (after ?? before)?.[resource.title]
    return `${table} ${typeof own === 'string' ? own : shortId(entityId)}`
  }

  function pageOf({ entity, entityId, after }: Entry): string | undefined {
    if (entity === 'command') {
      if (after?.outcome !== 'posted') return undefined
      return filteredList('movements', { commandId: entityId })
    }
    const resource = resources.find(({ auditEntity, get }) => auditEntity === entity && get)
    return resource && createPath({ resource: resource.name, type: 'show', id: entityId })
  }

  return (
    <Panel
      name="activity"
      to="/audit"
      columns={4}
      figures={figures}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <Rows>
          {items.map((entry) => (
            <Row
              key={entry.id}
              title={titleOf(entry)}
              to={pageOf(entry)}
              figure={translate(`dashboard.activity.verbs.${verbOf(entry)}`, { _: entry.action })}
              detail={[
                entry.actorName ?? translate('history.nobody'),
                entry.recordedAt.toLocaleString(locale, momentFormat),
              ].join(', ')}
            />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

/** What was done, as its procedure is called; what takes something back is told apart. */
function verbOf({ action, after }: Entry): string {
  if (after?.outcome === 'refused') return 'refused'
  const own = action.split('.').at(-1) ?? action
  if (own === 'archive' && after?.archivedAt === null) return 'restore'
  if (own === 'disable' && after?.disabledAt === null) return 'enable'
  return own
}

/** As much of a long id as is enough to know it again. */
function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id
}
