import type { ApiOutputs } from '@stockbook/client'
import { useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { useEntryName } from '../history/useEntryName.ts'
import { verbOf } from '../history/verbOf.ts'
import { Panel } from './Panel.tsx'
import { Row, Rows } from './Rows.tsx'
import { useFigures } from './useFigures.ts'

type Entry = ApiOutputs['audit']['list']['items'][number]

const entryCount = 7

/** What was changed last, and by whom. For administrators. */
export function ActivityPanel() {
  const figures = useFigures('activity', async (signal) => {
    const admin = await client.as('admin', { signal })
    return admin.audit.list.query({ limit: entryCount }, { signal })
  })
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
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

function EntryRow({ entry }: { entry: Entry }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const { name, to } = useEntryName(entry)
  const who = entry.actorName ?? translate('history.nobody')
  return (
    <Row
      title={name}
      to={to}
      figure={translate(verbOf(entry), { _: entry.action })}
      detail={`${who}, ${entry.recordedAt.toLocaleString(locale, momentFormat)}`}
    />
  )
}
