import { randomUUID } from 'node:crypto'
import type { ApiInputs } from '@stockbook/client'
import type { contract } from '@stockbook/client/contract'
import { checkInputs } from './checkInputs.ts'
import { codeOfApp } from './codeOfApp.ts'
import { type TestServer, testPassword } from './testServer.ts'

type Contract = typeof contract

type MutationOf<Feature extends keyof Contract> = {
  [Name in keyof Contract[Feature]]: Contract[Feature][Name] extends { kind: 'mutation' }
    ? Name
    : never
}[keyof Contract[Feature]] &
  keyof ApiInputs[Feature]

type MutationInputs = {
  [Feature in keyof Contract as MutationOf<Feature> extends never ? never : Feature]: {
    [Name in MutationOf<Feature>]: ApiInputs[Feature][Name]
  }
}

/**
 * For every mutation an input that an administrator would have carried out. A mutation that is
 * added to the contract and not here does not compile.
 */
export async function mutationInputs(server: TestServer): Promise<MutationInputs> {
  const { admin, operator } = server
  const category = await admin.categories.create.mutate({ name: 'Tea' })
  const product = await admin.products.create.mutate({ sku: 'T-1', name: 'Tea', baseUnit: 'gram' })
  const tracked = await admin.products.create.mutate({
    sku: 'T-2',
    name: 'Milk',
    baseUnit: 'litre',
    tracking: 'lot',
  })
  const warehouse = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'W',
    name: 'Main',
  })
  const [bin, emptyBin] = await Promise.all([
    admin.locations.create.mutate({
      kind: 'bin',
      code: 'B-1',
      name: 'Bin 1',
      parentId: warehouse.id,
    }),
    admin.locations.create.mutate({
      kind: 'bin',
      code: 'B-2',
      name: 'Bin 2',
      parentId: warehouse.id,
    }),
  ])
  const partner = await admin.partners.create.mutate({ kind: 'supplier', code: 'S', name: 'S' })
  const lot = await admin.lots.create.mutate({ productId: tracked.id, code: 'L-1' })
  const incoming = {
    type: 'incoming' as const,
    productId: product.id,
    toLocationId: bin.id,
    quantity: 3,
  }
  const { commandId } = await admin.movements.post.mutate({ lines: [incoming] })
  const { reservation } = await admin.reservations.hold.mutate({
    productId: product.id,
    locationId: bin.id,
    quantity: 1,
  })
  const hans = await admin.users.create.mutate({
    username: 'hans',
    role: 'operator',
    password: testPassword,
  })
  await operator.auth.me.query()
  const { items: people } = await admin.users.list.query({ search: 'olga' })
  const {
    items: [session],
  } = await admin.sessions.list.query({ userId: people[0]!.id })
  const file = {
    entity: 'product' as const,
    entityId: product.id,
    fileName: 'note.csv',
    content: Buffer.from('sku,quantity\n').toString('base64'),
  }
  const attached = await admin.attachments.add.mutate(file)
  const ida = await server.signInAs('ida', 'operator')
  const { secret } = await ida.secondFactor.begin.mutate({ password: testPassword })
  await ida.secondFactor.confirm.mutate({ code: codeOfApp(secret) })
  const apiKey = await admin.apiKeys.create.mutate({ name: 'an old scanner', role: 'operator' })
  return {
    auth: {
      signIn: { username: 'anton', password: testPassword },
      refresh: {},
      changePassword: { currentPassword: testPassword, newPassword: testPassword },
      signOut: {},
      signOutEverywhere: {},
    },
    secondFactor: {
      begin: { password: testPassword },
      confirm: { code: '000000' },
      remove: { password: testPassword, code: '000000' },
    },
    sessions: { end: { id: session!.id } },
    users: {
      create: { username: 'eve', role: 'admin', password: testPassword },
      update: { id: hans.id, displayName: 'Hans' },
      disable: { id: hans.id },
      resetPassword: { id: hans.id, password: testPassword },
      removeSecondFactor: { id: (await ida.auth.me.query()).id },
    },
    apiKeys: {
      create: { name: 'a scanner', role: 'operator' },
      revoke: { id: apiKey.id },
    },
    categories: {
      create: { name: 'Coffee' },
      update: { id: category.id, name: 'Teas' },
      archive: { id: category.id },
    },
    products: {
      create: { sku: 'T-3', name: 'Cup', baseUnit: 'piece' },
      update: { id: product.id, name: 'Black tea' },
      archive: { id: tracked.id },
    },
    locations: {
      create: { kind: 'warehouse', code: 'W-2', name: 'Second' },
      update: { id: bin.id, name: 'By the door' },
      archive: { id: emptyBin.id },
    },
    partners: {
      create: { kind: 'customer', code: 'C', name: 'C' },
      update: { id: partner.id, name: 'Supplier' },
      archive: { id: partner.id },
    },
    lots: {
      create: { productId: tracked.id, code: 'L-2' },
      update: { id: lot.id, status: 'hold' },
      archive: { id: lot.id },
    },
    movements: {
      post: { commandId: randomUUID(), lines: [incoming] },
      reverse: { commandId: randomUUID(), reversedCommandId: commandId, reason: 'a mistake' },
    },
    stock: { close: { closedBefore: new Date('2020-01-01T00:00:00Z'), reason: 'audited' } },
    reservations: {
      hold: {
        commandId: randomUUID(),
        productId: product.id,
        locationId: warehouse.id,
        quantity: 1,
      },
      holdOrder: {
        commandId: randomUUID(),
        lines: [{ productId: product.id, locationId: warehouse.id, quantity: 1 }],
      },
      release: { commandId: randomUUID(), id: reservation.id },
    },
    checks: await checkInputs(server, product.id),
    reports: {
      applyAbc: {
        from: new Date('2020-01-01T00:00:00Z'),
        before: new Date('2030-01-01T00:00:00Z'),
      },
    },
    attachments: {
      add: { commandId: randomUUID(), ...file },
      remove: { id: attached.id },
    },
  }
}
