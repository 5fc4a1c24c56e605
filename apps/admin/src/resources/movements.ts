import SwapHoriz from '@mui/icons-material/SwapHoriz'
import Undo from '@mui/icons-material/Undo'
import { describe } from './describe.ts'

export const movements = describe({
  name: 'movements',
  group: 'stock',
  icon: SwapHoriz,
  list: 'movements.list',
  get: 'movements.get',
  title: null,
  columns: [
    'id',
    'occurredAt',
    'type',
    'productName',
    'quantity',
    'fromLocationId',
    'toLocationId',
    'reference',
    'actorName',
  ],
  hidden: ['line', 'packagingId', 'reservationId', 'checkLineId', 'compensatesId'],
  dateField: 'occurredAt',
  kinds: { packagingQuantity: 'decimal', note: 'longText' },
  references: { reversesId: 'movements', reversedById: 'movements' },
  attachedTo: ({ commandId }) => ({ entity: 'command', entityId: String(commandId) }),
  actions: [
    {
      name: 'reverse',
      procedure: 'movements.reverse',
      icon: Undo,
      appliesTo: ({ reversedById, reversesId }) => reversedById === null && reversesId === null,
      inputOf: ({ id }) => ({ movementIds: [Number(id)] }),
      ask: ['reason'],
    },
  ],
})
