import { categoryName, partnerName, productName, productSku } from './names.ts'
import {
  binId,
  days,
  isTracked,
  kinds,
  lotId,
  partnerId,
  type Plan,
  productId,
  userId,
} from './plan.ts'
import { createRandom, uuidOf } from './random.ts'

/** A table with the columns that are written, and its rows in COPY's text format. */
export type Rows = { table: string; columns: string; lines: Iterable<string> }

const none = '\\N'
const row = (...values: (string | number | null)[]) =>
  `${values.map((value) => value ?? none).join('\t')}\n`

const categoryId = (index: number) => uuidOf(kinds.category, index)
const locationId = (index: number) => uuidOf(kinds.location, index)

/** Everything that people keep by hand. */
export function masterData(plan: Plan, now: Date): Rows[] {
  return [
    {
      table: 'users',
      columns: 'id, username, display_name, role, password_hash',
      lines: users(plan),
    },
    { table: 'categories', columns: 'id, parent_id, name', lines: categories() },
    { table: 'partners', columns: 'id, kind, code, name, country', lines: partners(plan) },
    {
      table: 'locations',
      columns: 'id, parent_id, kind, code, name, pick_sequence',
      lines: locations(plan),
    },
    {
      table: 'products',
      columns:
        'id, sku, name, category_id, supplier_id, base_unit, tracking, reorder_point, abc_class, unit_price, created_at, updated_at, archived_at',
      lines: products(plan, now),
    },
    { table: 'packagings', columns: 'id, product_id, name, factor', lines: packagings(plan) },
    { table: 'lots', columns: 'id, product_id, code, expires_on, status', lines: lots(plan, now) },
  ]
}

/** Nobody can sign in as one of them: no password has this hash. */
function* users({ operators }: Plan) {
  for (let user = 0; user < operators; user++) {
    yield row(userId(user), `operator-${user}`, `Operator ${user}`, 'operator', 'none')
  }
}

function* categories() {
  let made = 0
  for (let top = 0; top < 20; top++) {
    const topId = categoryId(made)
    yield row(topId, null, categoryName(made++))
    for (let middle = 0; middle < 10; middle++) {
      const middleId = categoryId(made)
      yield row(middleId, topId, categoryName(made++))
      for (let leaf = 0; leaf < 5; leaf++)
        yield row(categoryId(made), middleId, categoryName(made++))
    }
  }
}

function* partners({ suppliers, customers }: Plan) {
  for (let partner = 0; partner < suppliers + customers; partner++) {
    const kind = partner < suppliers ? 'supplier' : 'customer'
    const country = ['Norway', 'Germany', 'Finland', 'Netherlands', 'Japan'][partner % 5]!
    yield row(
      partnerId(partner),
      kind,
      `P${String(partner).padStart(5, '0')}`,
      partnerName(partner),
      country,
    )
  }
}

function* locations(plan: Plan) {
  const { warehouses, zones, bins } = plan
  for (let index = 0; index < warehouses; index++) {
    yield row(locationId(index), null, 'warehouse', `W${index}`, `Warehouse ${index}`, null)
  }
  for (let zone = 0; zone < zones; zone++) {
    const parent = locationId(zone % warehouses)
    yield row(locationId(warehouses + zone), parent, 'zone', `Z${zone}`, `Zone ${zone}`, zone)
  }
  for (let bin = 0; bin < bins; bin++) {
    const zone = bin % zones
    const code = `Z${zone}-${String(Math.floor(bin / zones)).padStart(3, '0')}`
    yield row(binId(plan, bin), locationId(warehouses + zone), 'bin', code, `Bin ${code}`, bin)
  }
}

function* products({ products: count, suppliers }: Plan, now: Date) {
  const random = createRandom(2)
  for (let product = 0; product < count; product++) {
    const made = new Date(
      now.getTime() - (days + random.below(365)) * 86_400_000 - random.below(86_400_000),
    )
    const archived = random.chance(0.02) ? now.toISOString() : null
    yield row(
      productId(product),
      productSku(product),
      productName(product),
      categoryId(220 + ((product * 31) % 1000)),
      partnerId(random.below(suppliers)),
      'piece',
      isTracked(product) ? 'lot' : 'none',
      random.chance(0.5) ? 10 + random.below(90) : null,
      product < count * 0.05 ? 'A' : product < count * 0.2 ? 'B' : 'C',
      (1 + random.below(50_000) / 100).toFixed(2),
      made.toISOString(),
      made.toISOString(),
      archived,
    )
  }
}

function* packagings({ products: count }: Plan) {
  for (let product = 0; product < count; product += 4) {
    yield row(uuidOf(kinds.packaging, product), productId(product), 'case', 12)
  }
}

function* lots({ lotProduct }: Plan, now: Date) {
  const random = createRandom(3)
  for (let lot = 0; lot < lotProduct.length; lot++) {
    const expires = new Date(now.getTime() + (random.below(900) - 200) * 86_400_000)
    const status = random.chance(0.03) ? (random.chance(0.5) ? 'hold' : 'recalled') : 'available'
    yield row(
      lotId(lot),
      productId(lotProduct[lot]!),
      `L${String(lot).padStart(7, '0')}`,
      random.chance(0.9) ? expires.toISOString().slice(0, 10) : null,
      status,
    )
  }
}
