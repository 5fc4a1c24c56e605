import { apiKeys } from './apiKeys.ts'
import { audit } from './audit.ts'
import { categories } from './categories.ts'
import { checks } from './checks.ts'
import type { Resource } from './describe.ts'
import { expiringLots } from './expiringLots.ts'
import { jobs } from './jobs.ts'
import { levels } from './levels.ts'
import { locations } from './locations.ts'
import { lots } from './lots.ts'
import { lowStock } from './lowStock.ts'
import { migrations } from './migrations.ts'
import { movements } from './movements.ts'
import { partners } from './partners.ts'
import { products } from './products.ts'
import { reservations } from './reservations.ts'
import { sessions } from './sessions.ts'
import { slowMovers } from './slowMovers.ts'
import { stockByCategory } from './stockByCategory.ts'
import { stockHistory } from './stockHistory.ts'
import { users } from './users.ts'

/** Every table of the panel, in the order of the menu. */
export const resources: readonly Resource[] = [
  levels,
  movements,
  reservations,
  checks,
  stockByCategory,
  lowStock,
  slowMovers,
  expiringLots,
  products,
  categories,
  locations,
  partners,
  lots,
  users,
  sessions,
  apiKeys,
  audit,
  jobs,
  migrations,
  stockHistory,
]

const byName = new Map(resources.map((resource) => [resource.name, resource]))

/** @throws Error when there is no such table */
export function resourceOf(name: string): Resource {
  const found = byName.get(name)
  if (found === undefined) throw new Error(`The panel has no table ${name}.`)
  return found
}
