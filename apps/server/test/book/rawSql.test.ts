import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  type BookDatabase,
  bookRows,
  connect,
  insertMovements,
  type MovementRow,
  openBook,
  refusalOf,
} from './database.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))

/** The work is refused like this, and every row is what it was. */
async function expectRefused(
  { client }: BookDatabase,
  work: () => Promise<unknown>,
  refusal: { state: string; constraint?: string; facts?: object },
) {
  const before = await bookRows(client)
  expect(await refusalOf(work())).toMatchObject(refusal)
  expect(await bookRows(client)).toEqual(before)
}

const incoming = (book: BookDatabase, quantity: number, more: Partial<MovementRow> = {}) =>
  ({
    type: 'incoming',
    product_id: book.plain,
    to_location_id: book.bin,
    quantity,
    ...more,
  }) satisfies MovementRow
const outgoing = (book: BookDatabase, quantity: number, more: Partial<MovementRow> = {}) =>
  ({
    type: 'outgoing',
    product_id: book.plain,
    from_location_id: book.bin,
    quantity,
    ...more,
  }) satisfies MovementRow

async function levels({ client }: BookDatabase) {
  const { rows } = await client.query<{ on_hand: string }>(
    'select on_hand from stock_levels order by id',
  )
  return rows.map((row) => Number(row.on_hand))
}

test.each([
  ['an update of a movement', 'update stock_movements set quantity = 1'],
  ['an update of no movement', 'update stock_movements set quantity = 1 where false'],
  ['a delete of movements', 'delete from stock_movements'],
  ['emptying the movements', 'truncate stock_movements cascade'],
  ['emptying the movements from below', 'truncate commands cascade'],
  ['an update of a command', "update commands set outcome = 'refused', refusal_code = 'X'"],
  ['a delete of a command', 'delete from commands'],
  [
    'an update in place of an insert',
    `insert into commands select * from commands on conflict (id) do update set note = 'changed'`,
  ],
])('what is in the book stays as it is, for its owner too: %s is refused', async (_, statement) => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10))
  const { rows: commandsBefore } = await book.client.query('select * from commands')
  await expectRefused(book, () => book.client.query(statement), {
    state: 'SB001',
    facts: { code: 'IN_USE' },
  })
  expect((await book.client.query('select * from commands')).rows).toEqual(commandsBefore)
})

test.each([
  ['raising one', 'update stock_levels set on_hand = on_hand + 1'],
  ['backdating its last movement', "update stock_levels set last_occurred_at = 'epoch'"],
  ['deleting one', 'delete from stock_levels'],
  ['emptying the table', 'truncate stock_levels'],
  [
    'adding one',
    `insert into stock_levels (product_id, location_id, on_hand, last_occurred_at)
     select product_id, (select id from locations where code = 'BIN-2'), 5, now() from stock_levels`,
  ],
])('levels follow movements and nothing else: %s is refused', async (_, statement) => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10))
  await expectRefused(book, () => book.client.query(statement), {
    state: 'SB001',
    facts: { code: 'IN_USE', table: 'stock_levels' },
  })
})

test('a level is the sum of its movements, and each side of a transfer counts', async () => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10), incoming(book, 5), outgoing(book, 2))
  await insertMovements(book, {
    type: 'transfer',
    product_id: book.plain,
    from_location_id: book.bin,
    to_location_id: book.otherBin,
    quantity: 4,
  })
  expect(await levels(book)).toEqual([9, 4])
})

test('nothing goes below zero: a shipment of more than there is, or of what never was', async () => {
  await using book = await openBook()
  const below = { state: '23514', constraint: 'stock_levels_on_hand_check' }
  await expectRefused(book, () => insertMovements(book, outgoing(book, 1)), below)
  await insertMovements(book, incoming(book, 10, { occurred_at: day(1) }))
  await expectRefused(book, () => insertMovements(book, outgoing(book, 11)), below)
  await expectRefused(
    book,
    () => insertMovements(book, outgoing(book, 6), outgoing(book, 5)),
    below,
  )
  await insertMovements(book, outgoing(book, 10))
  expect(await levels(book)).toEqual([0])
})

test('lines of one statement may pass through a shortage together', async () => {
  await using book = await openBook()
  const occurred_at = day(1)
  await insertMovements(
    book,
    outgoing(book, 4, { occurred_at }),
    incoming(book, 10, { occurred_at }),
  )
  expect(await levels(book)).toEqual([6])
})

test('a backdated shortage is refused with the first bad moment and the shortfall', async () => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 100, { occurred_at: day(1) }))
  await insertMovements(book, outgoing(book, 80, { occurred_at: day(10) }))
  await insertMovements(book, outgoing(book, 5, { occurred_at: day(12) }))
  await insertMovements(book, incoming(book, 50, { occurred_at: day(20) }))
  const shortage = (firstBadAt: Date, shortfall: number) => ({
    state: 'SB001',
    facts: {
      code: 'INSUFFICIENT_STOCK_IN_PAST',
      productId: book.plain,
      locationId: book.bin,
      lotId: null,
      firstBadAt: firstBadAt.toISOString(),
      shortfall,
    },
  })
  const ship = (quantity: number, occurred_at: Date) => () =>
    insertMovements(book, outgoing(book, quantity, { occurred_at }))

  await expectRefused(book, ship(30, day(5)), shortage(day(10), 10))
  await expectRefused(book, ship(17, day(5)), shortage(day(12), 2))
  await expectRefused(book, ship(1, new Date(day(1).getTime() - 1)), {
    state: 'SB001',
    facts: { firstBadAt: new Date(day(1).getTime() - 1).toISOString(), shortfall: 1 },
  })
  await ship(15, day(5))()
  await expectRefused(book, ship(1, day(5)), shortage(day(12), 1))
  await ship(50, day(20))()
  expect(await levels(book)).toEqual([0])
})

test('a shortage before the goods came is found in a statement that brings them later', async () => {
  await using book = await openBook()
  await expectRefused(
    book,
    () =>
      insertMovements(
        book,
        outgoing(book, 4, { occurred_at: day(2) }),
        incoming(book, 10, { occurred_at: day(3) }),
      ),
    { state: 'SB001', facts: { code: 'INSUFFICIENT_STOCK_IN_PAST', shortfall: 4 } },
  )
})

const places = (book: BookDatabase) => ({
  in: { to_location_id: book.bin },
  out: { from_location_id: book.bin },
  both: { from_location_id: book.bin, to_location_id: book.otherBin },
  same: { from_location_id: book.bin, to_location_id: book.bin },
  none: {},
})

test.each([
  ['incoming', 'out'],
  ['incoming', 'both'],
  ['incoming', 'none'],
  ['outgoing', 'in'],
  ['outgoing', 'both'],
  ['outgoing', 'none'],
  ['transfer', 'in'],
  ['transfer', 'out'],
  ['transfer', 'same'],
  ['transfer', 'none'],
  ['adjustment', 'both'],
  ['adjustment', 'none'],
] as const)('a movement has the sides of its type: %s with %s is refused', async (type, sides) => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10, { occurred_at: day(1) }))
  await expectRefused(
    book,
    () =>
      insertMovements(book, {
        type,
        product_id: book.plain,
        quantity: 1,
        reason: 'because',
        ...places(book)[sides],
      }),
    { state: '23514', constraint: 'stock_movements_sides_check' },
  )
})

test('an adjustment says why; a quantity is at least one; a packaging has its count', async () => {
  await using book = await openBook()
  await expectRefused(
    book,
    () => insertMovements(book, { ...incoming(book, 1), type: 'adjustment' }),
    { state: '23514', constraint: 'stock_movements_reason_check' },
  )
  for (const quantity of [0, -1]) {
    await expectRefused(book, () => insertMovements(book, incoming(book, quantity)), {
      state: '23514',
      constraint: 'stock_movements_quantity_check',
    })
  }
  await expectRefused(
    book,
    () => insertMovements(book, incoming(book, 12, { packaging_id: book.plainPackaging })),
    { state: '23514', constraint: 'stock_movements_packaging_check' },
  )
})

test('a movement names a product and places that exist, whether they have moved before or not', async () => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10))
  const transfer = { type: 'transfer', from_location_id: book.bin, to_location_id: randomUUID() }
  for (const [row, constraint] of [
    [incoming(book, 1, { product_id: randomUUID() }), 'stock_levels_product_id_fkey'],
    [incoming(book, 1, { to_location_id: randomUUID() }), 'stock_levels_location_id_fkey'],
    [outgoing(book, 1, transfer as Partial<MovementRow>), 'stock_levels_location_id_fkey'],
  ] as const) {
    await expectRefused(book, () => insertMovements(book, row), { state: '23503', constraint })
    await expectRefused(book, () => insertMovements(book, outgoing(book, 1), row), {
      state: '23503',
      constraint,
    })
  }
})

test('a first movement that waits for a change of tracking goes by the new one', async () => {
  await using book = await openBook()
  const other = await connect(book.url)
  try {
    await other.query('begin')
    await other.query("update products set tracking = 'lot' where id = $1", [book.plain])
    const inserted = refusalOf(insertMovements(book, incoming(book, 1)))
    await sleep(200)
    await other.query('commit')
    expect(await inserted).toMatchObject({ state: 'SB001', facts: { code: 'LOT_REQUIRED' } })
  } finally {
    await other.end()
  }
  expect(await levels(book)).toEqual([])
})

test('a lot and a packaging belong to the product that they are moved with', async () => {
  await using book = await openBook()
  await expectRefused(
    book,
    () =>
      insertMovements(book, incoming(book, 1, { product_id: book.tracked, lot_id: book.otherLot })),
    { state: '23503', constraint: 'stock_movements_lot_id_fkey' },
  )
  await expectRefused(
    book,
    () =>
      insertMovements(
        book,
        incoming(book, 1, { packaging_id: book.otherPackaging, packaging_quantity: '1' }),
      ),
    { state: '23503', constraint: 'stock_movements_packaging_id_fkey' },
  )
})

test('a product tracked by lot moves with one', async () => {
  await using book = await openBook()
  await expectRefused(
    book,
    () => insertMovements(book, incoming(book, 1, { product_id: book.tracked })),
    { state: 'SB001', facts: { code: 'LOT_REQUIRED', line: 0, sku: 'TRACKED' } },
  )
})

test('a product not tracked by lot moves without one, though it has one from before', async () => {
  await using book = await openBook()
  await book.client.query("update products set tracking = 'none' where id = $1", [book.tracked])
  await expectRefused(
    book,
    () =>
      insertMovements(
        book,
        incoming(book, 1),
        incoming(book, 1, { product_id: book.tracked, lot_id: book.trackedLot }),
      ),
    { state: 'SB001', facts: { code: 'LOT_NOT_ALLOWED', line: 1, sku: 'TRACKED' } },
  )
})

test.each(['warehouse', 'zone'] as const)('a %s holds no stock', async (kind) => {
  await using book = await openBook()
  await expectRefused(
    book,
    () => insertMovements(book, incoming(book, 1, { to_location_id: book[kind] })),
    { state: 'SB001', facts: { code: 'LOCATION_HOLDS_NO_STOCK', locationId: book[kind] } },
  )
})

test('a movement is taken back once, by its mirror, dated no earlier', async () => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 100, { occurred_at: day(1) }))
  const [original] = await insertMovements(book, incoming(book, 10, { occurred_at: day(5) }))
  const reversal = (more: Partial<MovementRow> = {}) =>
    outgoing(book, 10, { reverses_id: original!, occurred_at: day(6), ...more })
  const notReversible = {
    state: 'SB001',
    facts: { code: 'NOT_REVERSIBLE', line: 0, movementId: original },
  }
  const otherwise: Partial<MovementRow>[] = [
    { quantity: 9 },
    { occurred_at: day(4) },
    { type: 'transfer', to_location_id: book.otherBin },
  ]
  for (const more of otherwise) {
    await expectRefused(book, () => insertMovements(book, reversal(more)), notReversible)
  }
  await expectRefused(
    book,
    () => insertMovements(book, incoming(book, 10, { reverses_id: original! })),
    notReversible,
  )
  await expectRefused(book, () => insertMovements(book, reversal({ reverses_id: 999_999 })), {
    state: '23503',
    constraint: 'stock_movements_reverses_id_fkey',
  })
  await expectRefused(book, () => insertMovements(book, reversal(), reversal()), {
    state: '23505',
    constraint: 'stock_movements_reverses_id_key',
  })

  const [taken] = await insertMovements(book, reversal())
  await expectRefused(book, () => insertMovements(book, reversal()), {
    state: '23505',
    constraint: 'stock_movements_reverses_id_key',
  })
  await expectRefused(
    book,
    () => insertMovements(book, incoming(book, 10, { reverses_id: taken! })),
    { state: 'SB001', facts: { code: 'NOT_REVERSIBLE', movementId: taken } },
  )
  expect(await levels(book)).toEqual([100])
})

test('a reversal keeps the lot and the product', async () => {
  await using book = await openBook()
  const secondLot = await book.client.query<{ id: string }>(
    "insert into lots (product_id, code) values ($1, 'L-2') returning id",
    [book.tracked],
  )
  const ofLot = (lot_id: string) =>
    incoming(book, 10, { product_id: book.tracked, lot_id, occurred_at: day(1) })
  const [original] = await insertMovements(
    book,
    ofLot(book.trackedLot),
    ofLot(secondLot.rows[0]!.id),
    incoming(book, 10, { occurred_at: day(1) }),
  )
  const notReversible = { state: 'SB001', facts: { code: 'NOT_REVERSIBLE', movementId: original } }
  await expectRefused(
    book,
    () =>
      insertMovements(
        book,
        outgoing(book, 10, {
          product_id: book.tracked,
          lot_id: secondLot.rows[0]!.id,
          reverses_id: original!,
        }),
      ),
    notReversible,
  )
  await expectRefused(
    book,
    () => insertMovements(book, outgoing(book, 10, { reverses_id: original! })),
    notReversible,
  )
})

test('nothing happened more than five minutes after it was written down', async () => {
  await using book = await openBook()
  await expectRefused(
    book,
    () =>
      insertMovements(book, incoming(book, 1, { occurred_at: new Date(Date.now() + 6 * 60_000) })),
    { state: '23514', constraint: 'stock_movements_occurred_at_check' },
  )
})

test('the same command id is written once', async () => {
  await using book = await openBook()
  const id = await book.command()
  await expectRefused(
    book,
    () =>
      book.client.query(
        `insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
         values ($1, 'post', 'hash', $2, 'posted', now())`,
        [id, book.actorId],
      ),
    { state: '23505', constraint: 'commands_pkey' },
  )
})

test('a movement belongs to a command, and a line to one movement', async () => {
  await using book = await openBook()
  const insert = (commandId: string) =>
    book.client.query(
      `insert into stock_movements (command_id, line, type, product_id, to_location_id, quantity, occurred_at)
       values ($1, 0, 'incoming', $2, $3, 1, now())`,
      [commandId, book.plain, book.bin],
    )
  await expectRefused(book, () => insert(randomUUID()), {
    state: '23503',
    constraint: 'stock_movements_command_id_fkey',
  })
  const id = await book.command()
  await insert(id)
  await expectRefused(book, () => insert(id), {
    state: '23505',
    constraint: 'stock_movements_command_id_line_key',
  })
})

const ring = { state: 'SB001', facts: { code: 'INVALID_PARENT' } }

test('no place and no category stands below itself', async () => {
  await using book = await openBook()
  const { client, zone, warehouse } = book
  const move = (table: string, id: string, parentId: string) => () =>
    client.query(`update ${table} set parent_id = $2 where id = $1`, [id, parentId])
  const { rows } = await client.query<{ id: string }>(
    "insert into locations (kind, code, name, parent_id) values ('zone', 'INNER', 'Inner', $1) returning id",
    [zone],
  )
  const inner = rows[0]!.id
  await expectRefused(book, move('locations', zone, zone), ring)
  await expectRefused(book, move('locations', zone, inner), ring)
  await expectRefused(book, move('locations', warehouse, inner), {
    state: expect.stringMatching(/^(SB001|23514)$/) as unknown as string,
  })
  const id = randomUUID()
  await expectRefused(
    book,
    () =>
      client.query("insert into categories (id, parent_id, name) values ($1, $1, 'Own parent')", [
        id,
      ]),
    ring,
  )
})

test.each(['read committed', 'repeatable read', 'serializable'])(
  'two transactions at %s cannot close a ring together',
  async (isolation) => {
    await using book = await openBook()
    const category = async (name: string, parentId: string | null) => {
      const { rows } = await book.client.query<{ id: string }>(
        'insert into categories (name, parent_id) values ($1, $2) returning id',
        [name, parentId],
      )
      return rows[0]!.id
    }
    const tools = await category('Tools', null)
    const spades = await category('Spades', tools)
    const garden = await category('Garden', null)
    const other = await connect(book.url)
    try {
      for (const client of [book.client, other]) {
        await client.query(`begin isolation level ${isolation}`)
        await client.query('select count(*) from categories')
      }
      const move = 'update categories set parent_id = $2 where id = $1'
      await book.client.query(move, [tools, garden])
      const second = refusalOf(other.query(move, [garden, spades]))
      await book.client.query('commit')
      expect((await second)?.state).toBe(isolation === 'read committed' ? 'SB001' : '40001')
      await other.query('rollback')
    } finally {
      await other.end()
    }
    const { rows } = await book.client.query('select id from categories where parent_id is null')
    expect(rows).toEqual([{ id: garden }])
  },
)

test('nothing stands below a bin, and no location changes its kind', async () => {
  await using book = await openBook()
  const { client, bin, zone, otherBin } = book
  await expectRefused(
    book,
    () =>
      client.query(
        "insert into locations (kind, code, name, parent_id) values ('bin', 'SUB', 'Sub', $1)",
        [bin],
      ),
    { state: 'SB001', facts: { code: 'INVALID_PARENT', parentId: bin } },
  )
  await expectRefused(
    book,
    () => client.query('update locations set parent_id = $2 where id = $1', [otherBin, bin]),
    { state: 'SB001', facts: { code: 'INVALID_PARENT', parentId: bin } },
  )
  for (const [id, kind] of [
    [bin, 'zone'],
    [zone, 'bin'],
  ]) {
    await expectRefused(
      book,
      () => client.query('update locations set kind = $2 where id = $1', [id, kind]),
      { state: 'SB001', facts: { code: 'IN_USE', id, field: 'kind' } },
    )
  }
  await expectRefused(
    book,
    () => client.query("insert into locations (kind, code, name) values ('bin', 'TOP', 'Top')"),
    { state: '23514', constraint: 'locations_parent_check' },
  )
})

test('a product keeps its tracking once it has moved, and may change it before', async () => {
  await using book = await openBook()
  const { client, plain } = book
  const track = (tracking: string) =>
    client.query('update products set tracking = $2 where id = $1', [plain, tracking])
  await track('lot')
  await track('none')
  await insertMovements(book, incoming(book, 1, { occurred_at: day(1) }))
  await insertMovements(book, outgoing(book, 1, { occurred_at: day(1) }))
  await expectRefused(book, () => track('lot'), {
    state: 'SB001',
    facts: { code: 'IN_USE', id: plain, field: 'tracking' },
  })
  await track('none')
})

test.each(['repeatable read', 'serializable'])(
  'a transaction at %s that does not see the first movement cannot change the tracking',
  async (isolation) => {
    await using book = await openBook()
    const other = await connect(book.url)
    try {
      await other.query(`begin isolation level ${isolation}`)
      await other.query('select count(*) from stock_levels')
      await insertMovements(book, incoming(book, 1))
      await expectRefused(
        book,
        () => other.query("update products set tracking = 'lot' where id = $1", [book.plain]),
        { state: '0A000' },
      )
      await other.query('rollback')
    } finally {
      await other.end()
    }
  },
)

test.each(['repeatable read', 'serializable'])(
  'a transaction at %s that does not see a shipment cannot ship the same goods',
  async (isolation) => {
    await using book = await openBook()
    await insertMovements(book, incoming(book, 1, { occurred_at: day(1) }))
    const other = await connect(book.url)
    try {
      await other.query(`begin isolation level ${isolation}`)
      await other.query('select count(*) from stock_levels')
      await insertMovements(book, outgoing(book, 1))
      await expectRefused(
        book,
        () => insertMovements({ client: other, actorId: book.actorId }, outgoing(book, 1)),
        { state: '40001' },
      )
      await other.query('rollback')
    } finally {
      await other.end()
    }
  },
)

/** What follows on this client has the rights of the server, and no others. */
async function becomeServer({ client }: BookDatabase): Promise<void> {
  const role = `server_${randomUUID().replaceAll('-', '')}`
  await client.query(`create role ${role}`)
  await client.query('select grant_to_server($1)', [role])
  await client.query(`set role ${role}`)
}

test('the server writes movements, and the levels follow', async () => {
  await using book = await openBook()
  await becomeServer(book)
  await insertMovements(book, incoming(book, 10, { occurred_at: day(1) }))
  await insertMovements(book, outgoing(book, 4))
  expect(await levels(book)).toEqual([6])
})

test.each([
  ['change a movement', 'update stock_movements set quantity = 1', '42501'],
  ['delete movements', 'delete from stock_movements', '42501'],
  ['empty the movements', 'truncate stock_movements', '42501'],
  ['change a command', "update commands set note = 'changed'", 'SB001'],
  ['delete commands', 'delete from commands', '42501'],
  ['change a level', 'update stock_levels set on_hand = 999', 'SB001'],
  ['delete levels', 'delete from stock_levels', '42501'],
  ['put the triggers to sleep', 'set session_replication_role = replica', '42501'],
  ['take a trigger off', 'alter table stock_movements disable trigger all', '42501'],
  [
    'replace a rule',
    `create or replace function public.refuse_change() returns trigger language plpgsql
     as 'begin return new; end'`,
    '42501',
  ],
  [
    'change a level from a trigger of its own',
    `create temp table lever ();
     create function pg_temp.pull() returns trigger language plpgsql
       as 'begin update public.stock_levels set on_hand = 999; return null; end';
     create trigger pull after insert on lever for each statement execute function pg_temp.pull();
     insert into lever default values`,
    'SB001',
  ],
  [
    'hide the places behind a table of its own',
    `create temp table locations (id uuid, parent_id uuid, kind public.location_kind);
     update public.locations set parent_id = (select id from public.locations where code = 'BIN-1')
       where code = 'BIN-2'`,
    'SB001',
  ],
  [
    'hide a tree behind a table of its own',
    `create temp table categories (id uuid, parent_id uuid);
     insert into public.categories (name) values ('Tools'), ('Garden');
     update public.categories set parent_id = (select id from public.categories where name = 'Garden')
       where name = 'Tools';
     update public.categories set parent_id = (select id from public.categories where name = 'Tools')
       where name = 'Garden'`,
    'SB001',
  ],
])('the server cannot %s', async (_, statement, state) => {
  await using book = await openBook()
  await insertMovements(book, incoming(book, 10))
  const before = await bookRows(book.client)
  await becomeServer(book)
  expect(await refusalOf(book.client.query(statement))).toMatchObject({ state })
  await book.client.query('reset role')
  expect(await bookRows(book.client)).toEqual(before)
})

test('what has moved cannot be deleted', async () => {
  await using book = await openBook()
  await insertMovements(
    book,
    incoming(book, 1, { product_id: book.tracked, lot_id: book.trackedLot }),
  )
  for (const [table, id] of [
    ['products', book.tracked],
    ['locations', book.bin],
    ['lots', book.trackedLot],
    ['users', book.actorId],
  ]) {
    await expectRefused(book, () => book.client.query(`delete from ${table} where id = $1`, [id]), {
      state: '23503',
    })
  }
})

test('a batch of movements reads the rows that it touches, never a whole table', async () => {
  await using book = await openBook()
  const { client } = book
  await client.query(
    `insert into locations (parent_id, kind, code, name)
      select $1, 'bin', 'B' || n, 'B' from generate_series(1, 1000) as n`,
    [book.zone],
  )
  await client.query(
    `insert into products (sku, name, base_unit)
      select 'P' || n, 'P', 'piece' from generate_series(1, 1000) as n`,
  )
  const { rows } = await client.query<{ product_id: string; to_location_id: string }>(
    `select p.id as product_id, l.id as to_location_id from products p
      join locations l on substr(l.code, 2) = substr(p.sku, 2) where l.code like 'B%' and p.sku like 'P%'`,
  )
  const arrivals = rows.map((row) => incoming(book, 10, row))
  await insertMovements(book, ...arrivals)
  await client.query('analyze')
  // What was scanned before would count too until it is flushed, which is done once a second.
  await client.query('select pg_stat_force_next_flush()')

  await client.query('begin')
  await insertMovements(book, ...arrivals.slice(0, 100))
  const { rows: scans } = await client.query(
    `select relname, seq_scan::int from pg_stat_xact_user_tables
      where relname in ('products', 'locations', 'stock_levels') order by relname`,
  )
  await client.query('rollback')
  expect(scans).toEqual(
    ['locations', 'products', 'stock_levels'].map((relname) => ({ relname, seq_scan: 0 })),
  )
})
