import { useCreatePath, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { Panel } from './Panel.tsx'
import { Row, Rows } from './Rows.tsx'
import { useFigures } from './useFigures.ts'

const checkCount = 5

/** Inventory checks that somebody has to do something about: newest first. */
export function ChecksPanel() {
  const translate = useTranslate()
  const createPath = useCreatePath()
  const figures = useFigures('checks', (signal) =>
    client.checks.list.query({ statuses: ['review', 'open'], limit: checkCount }, { signal }),
  )
  return (
    <Panel
      name="checks"
      to="/checks"
      columns={4}
      figures={figures}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <Rows>
          {items.map(({ id, title, status, lines, toCount }) => (
            <Row
              key={id}
              title={title}
              to={createPath({ resource: 'checks', type: 'show', id })}
              figure={translate(`choices.status.${status}`)}
              bar={{
                share: lines === 0 ? 0 : (lines - toCount) / lines,
                colour: status === 'review' ? 'warning.main' : 'primary.main',
              }}
              detail={translate('checks.progress', { counted: lines - toCount, lines })}
            />
          ))}
        </Rows>
      )}
    </Panel>
  )
}
