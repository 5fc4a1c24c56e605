import { useCreatePath, useTranslate } from 'react-admin'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { useRowNames } from '../fields/useRowNames.ts'
import { filteredList } from '../pages/filteredList.ts'
import { resourceOfEntity } from './describeEntity.ts'

type State = Readonly<Record<string, unknown>> | null

/** What an entry of the audit log is about. */
export type EntrySubject = { entity: string; entityId: string; before: State; after: State }

/** What people know the subject of an entry by, and the page that tells more of it, if there is one. */
export function useEntryName(entry: EntrySubject): { name: string; to: string | undefined } {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const createPath = useCreatePath()
  const { entity, entityId, before, after } = entry
  const state = after ?? before ?? {}
  const idsAt = (name: string) => (typeof state[name] === 'string' ? [state[name]] : [])
  const isOfCheck = entity === 'check_line' || entity === 'check_count'
  const check = useRowNames('checks', isOfCheck ? idsAt('checkId') : [])
  const product = useRowNames('products', isOfCheck ? idsAt('productId') : [])
  const location = useRowNames('locations', isOfCheck ? idsAt('locationId') : [])
  const user = useRowNames('users', entity === 'session' ? idsAt('userId') : [])
  const resource = resourceOfEntity(entity)

  function ownName(): string {
    if (isOfCheck) return [...check, ...product, ...location].filter(Boolean).join(', ')
    if (entity === 'session') return user.join()
    if (entity === 'closing') {
      return new Date(String(state.closedBefore)).toLocaleString(locale, momentFormat)
    }
    const title = resource?.title ? state[resource.title] : undefined
    return typeof title === 'string' ? title : shortId(entityId)
  }

  function page(): string | undefined {
    if (entity === 'command') {
      if (after?.outcome !== 'posted') return undefined
      return filteredList('movements', { where: { commandId: { equals: entityId } } })
    }
    const [checkId] = isOfCheck ? idsAt('checkId') : []
    if (checkId) return createPath({ resource: 'checks', type: 'show', id: checkId })
    return resource?.get && createPath({ resource: resource.name, type: 'show', id: entityId })
  }

  if (entity === 'command') {
    const lines = translate('history.movements', { smart_count: Number(state.lines ?? 0) })
    return { name: [lines, state.reference].filter(Boolean).join(', '), to: page() }
  }
  const word = translate(`choices.entity.${entity}`, { _: entity })
  return { name: `${word} ${ownName()}`.trim(), to: page() }
}

/** As much of a long id as is enough to know it again. */
function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id
}
