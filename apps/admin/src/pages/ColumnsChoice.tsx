import ArrowDownward from '@mui/icons-material/ArrowDownward'
import ArrowUpward from '@mui/icons-material/ArrowUpward'
import { Box, FormControlLabel, IconButton, Switch, TextField } from '@mui/material'
import { useState } from 'react'
import { Button, useTranslate } from 'react-admin'
import type { Field } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'
import { useColumns } from './useColumns.ts'

/** Chooses which columns a list shows, and puts them in order: by its buttons, or by dragging. */
export default function ColumnsChoice({ resource }: { resource: Resource }) {
  const translate = useTranslate()
  const { columns, isShown, show, move, reset } = useColumns(resource)
  const [search, setSearch] = useState('')
  const labelOf = ({ name }: Field) => translate(`resources.${resource.name}.fields.${name}`)
  const isFound = (field: Field) =>
    labelOf(field).toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())
  return (
    <Box sx={{ p: 1, minWidth: 280 }}>
      <TextField
        label={translate('ra.action.search_columns')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        autoFocus
      />
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {columns.map(
          (field, place) =>
            isFound(field) && (
              <Column
                key={field.name}
                field={field}
                label={labelOf(field)}
                isShown={isShown(field)}
                onShow={(isNowShown) => show(field, isNowShown)}
                onUp={place > 0 ? () => move(field, place - 1) : null}
                onDown={place < columns.length - 1 ? () => move(field, place + 1) : null}
                onDrop={(name) => {
                  const dragged = columns.find((column) => column.name === name)
                  if (dragged !== undefined) move(dragged, place)
                }}
              />
            ),
        )}
      </Box>
      <Button label="ra.action.reset" onClick={reset} />
    </Box>
  )
}

type ColumnProps = {
  field: Field
  label: string
  isShown: boolean
  onShow: (isShown: boolean) => void
  onUp: (() => void) | null
  onDown: (() => void) | null
  /** Takes the name of the column that was dropped here. */
  onDrop: (name: string) => void
}

function Column({ field, label, isShown, onShow, onUp, onDown, onDrop }: ColumnProps) {
  const translate = useTranslate()
  return (
    <Box
      component="li"
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/plain', field.name)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        onDrop(event.dataTransfer.getData('text/plain'))
      }}
      sx={{ display: 'flex', alignItems: 'center', cursor: 'grab' }}
    >
      <FormControlLabel
        label={label}
        control={
          <Switch
            size="small"
            checked={isShown}
            onChange={(_event, isChecked) => onShow(isChecked)}
          />
        }
        sx={{ flexGrow: 1, ml: 0 }}
      />
      <MoveButton label={`${translate('ra.action.move_up')}: ${label}`} onMove={onUp}>
        <ArrowUpward fontSize="inherit" />
      </MoveButton>
      <MoveButton label={`${translate('ra.action.move_down')}: ${label}`} onMove={onDown}>
        <ArrowDownward fontSize="inherit" />
      </MoveButton>
    </Box>
  )
}

/** Keeps the focus at either end too, where a disabled button would lose it. */
function MoveButton({
  label,
  onMove,
  children,
}: {
  label: string
  onMove: (() => void) | null
  children: React.ReactNode
}) {
  return (
    <IconButton
      size="small"
      aria-label={label}
      aria-disabled={onMove === null}
      onClick={() => onMove?.()}
      sx={{ '&[aria-disabled=true]': { opacity: 0.4 } }}
    >
      {children}
    </IconButton>
  )
}
