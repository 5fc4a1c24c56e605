import type { Tx } from '@stockbook/db'
import { StockError } from '../../errors.ts'
import { pathsOf } from '../locations/paths.sql.ts'
import { type NamedPlace, refuseOutsideOf } from '../locations/refuseOutside.ts'
import { isPathInside } from '../locations/warehouseScope.sql.ts'
import type { Command, LineInput } from './command.ts'
import { missingMovement } from './lines.ts'
import type { Named } from './references.sql.ts'

/** A command, and its lines as they were asked for. */
export type Asked = { command: Command; inputs: readonly LineInput[] }

/**
 * Whoever is restricted to warehouses posts at places in them alone, and takes back only what has all
 * its places there; what has none there is, for them, not in the book. Reads what that is judged by, for
 * all commands at once, and gives the function that refuses one of them.
 */
export async function loadOutsideWarehouses(
  tx: Tx,
  asked: readonly Asked[],
  { originals }: Named,
): Promise<(one: Asked) => void> {
  const restricted = asked.filter(({ command }) => command.actor.warehouseIds !== null)
  if (restricted.length === 0) return () => {}
  const inputs = restricted.flatMap((one) => one.inputs)
  const paths = await pathsOf(tx, [
    ...inputs.flatMap((input, line) => placesOf(input, line).map(({ locationId }) => locationId)),
    ...[...originals.values()].flatMap(sidesOf),
  ])
  return (one) => refuseOutsideWarehouses(one, originals, paths)
}

/** @throws StockError OUTSIDE_WAREHOUSES; it is not remembered, for the restriction may end. */
function refuseOutsideWarehouses(
  { command, inputs }: Asked,
  originals: Named['originals'],
  paths: ReadonlyMap<string, readonly string[]>,
): void {
  const { reverses, actor } = command
  const scope = actor.warehouseIds
  if (scope === null) return
  refuseOutsideOf(paths, scope, inputs.flatMap(placesOf))
  const taken = inputs.flatMap((input, line) => {
    const original = input.type === 'reversal' && originals.get(input.movementId)
    if (!original) return []
    const inside = sidesOf(original).map((id) => isPathInside(paths.get(id) ?? [], scope))
    const { id: movementId } = original
    return { line, movementId, isSeen: inside.includes(true), isWhole: !inside.includes(false) }
  })
  if (reverses && taken.every(({ isSeen }) => !isSeen)) {
    throw new StockError('NOT_FOUND', { entity: 'command', id: reverses.commandId })
  }
  const refused = taken.find(({ isWhole }) => !isWhole)
  if (!refused) return
  const { line, movementId, isSeen } = refused
  if (reverses)
    throw new StockError('OUTSIDE_WAREHOUSES', { reversedCommandId: reverses.commandId })
  if (!isSeen) throw missingMovement(line, movementId)
  throw new StockError('OUTSIDE_WAREHOUSES', { line, field: 'movementId', movementId })
}

function placesOf(input: LineInput, line: number): (NamedPlace & { line: number })[] {
  return (['fromLocationId', 'toLocationId', 'locationId'] as const).flatMap((field) => {
    const locationId = (input as Partial<Record<typeof field, string | null>>)[field]
    return locationId ? [{ line, field, locationId }] : []
  })
}

type Sides = { fromLocationId: string | null; toLocationId: string | null }

const sidesOf = ({ fromLocationId, toLocationId }: Sides) =>
  [fromLocationId, toLocationId].filter((id) => id !== null)
