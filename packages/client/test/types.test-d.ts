import type { inferRouterError } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { contract } from '../src/contract/index.ts'
import {
  type ApiInputs,
  type ApiOutputs,
  type ApiRouter,
  createStockbookClient,
  type DetailOf,
  type ErrorData,
  type ErrorDetail,
  type ErrorDetails,
  isStockbookError,
  listAll,
  type ServerErrorCode,
  type Shortage,
  type StockbookClient,
  type StockbookError,
} from '../src/index.ts'

declare const operator: StockbookClient
declare const admin: StockbookClient<'admin'>

const line = {
  type: 'incoming' as const,
  productId: '018f4e3c-0000-7000-8000-000000000001',
  toLocationId: '018f4e3c-0000-7000-8000-000000000002',
  quantity: 1,
}

test('results are inferred from the contract', () => {
  type Product = z.output<typeof contract.products.get.output>
  expectTypeOf(operator.products.get.query).returns.resolves.toEqualTypeOf<Product>()
  expectTypeOf<Product['createdAt']>().toEqualTypeOf<Date>()
  expectTypeOf<ApiOutputs['products']['get']>().toEqualTypeOf<Product>()
  expectTypeOf<ApiInputs['products']['get']>().toEqualTypeOf<{ id: string }>()
})

test('inputs are what the schema takes, before its defaults', () => {
  type Input = z.input<typeof contract.products.list.input>
  expectTypeOf(operator.products.list.query).parameter(0).toEqualTypeOf<Input>()
  // @ts-expect-error a field that no list has
  operator.products.list.query({ serach: 'tea' })
  // @ts-expect-error a limit is a number
  operator.products.list.query({ limit: '5' })
  // @ts-expect-error the id is missing
  operator.products.get.query({})
  // @ts-expect-error the input is missing
  operator.products.get.query()
})

test('a procedure that needs no input is called without one', () => {
  expectTypeOf(operator.auth.me.query).toBeCallableWith()
})

test('a read cannot be written, nor a write read', () => {
  // @ts-expect-error products.list is a query
  operator.products.list.mutate({})
  // @ts-expect-error movements.post is a mutation
  operator.movements.post.query({ lines: [line] })
})

test('a client is an operator until it has asked', () => {
  expectTypeOf(createStockbookClient({ url: 'https://a.test' })).toEqualTypeOf<StockbookClient>()
  expectTypeOf<StockbookClient>().toEqualTypeOf<StockbookClient<'operator'>>()
  expectTypeOf(operator.as('admin')).resolves.toEqualTypeOf<StockbookClient<'admin'>>()
})

test('an operator’s client has no procedure of an administrator', () => {
  expectTypeOf(operator.products).toHaveProperty('list')
  expectTypeOf(operator.products).not.toHaveProperty('create')
  expectTypeOf(operator).not.toHaveProperty('users')
  // @ts-expect-error admin only
  operator.products.create
  // @ts-expect-error a feature for admins alone
  operator.users
})

test('an administrator’s client has every procedure, and serves where an operator’s does', () => {
  expectTypeOf(admin.products).toHaveProperty('create')
  expectTypeOf(admin.users).toHaveProperty('create')
  expectTypeOf(admin).toExtend<StockbookClient>()
  expectTypeOf(operator).not.toExtend<StockbookClient<'admin'>>()
})

test('a command id may be left to the client, or given', () => {
  expectTypeOf(operator.movements.post.mutate).toBeCallableWith({ lines: [line] })
  expectTypeOf(operator.movements.post.mutate).toBeCallableWith({ commandId: 'x', lines: [line] })
  // @ts-expect-error a command id is a string
  operator.movements.post.mutate({ commandId: 1, lines: [line] })
  // @ts-expect-error the lines cannot be left out
  operator.movements.post.mutate({})
})

test('each kind of line wants its own fields', () => {
  // @ts-expect-error what comes in needs a place to go
  operator.movements.post.mutate({ lines: [{ ...line, toLocationId: undefined }] })
  // @ts-expect-error an adjustment needs a reason
  operator.movements.post.mutate({ lines: [{ ...line, type: 'adjustment' as const }] })
})

test('a failure’s code is a closed set, and narrows', () => {
  const error: unknown = undefined
  if (isStockbookError(error)) expectTypeOf(error).toEqualTypeOf<StockbookError>()
  if (isStockbookError(error, 'IN_USE')) expectTypeOf(error.code).toEqualTypeOf<'IN_USE'>()
  // @ts-expect-error no such code
  isStockbookError(error, 'IN_USED')
  expectTypeOf<inferRouterError<ApiRouter>['data']['stockbook']>().toEqualTypeOf<ErrorData>()
})

test('the facts of a failure are known for its code, and open where they are not fixed', () => {
  const error: unknown = undefined
  if (isStockbookError(error, 'INSUFFICIENT_STOCK')) {
    expectTypeOf(error.detail.available).toEqualTypeOf<number>()
    expectTypeOf(error.detail.lotId).toEqualTypeOf<string | null>()
    expectTypeOf(error.detail.shortages).toEqualTypeOf<Shortage[]>()
    // @ts-expect-error no such fact
    error.detail.avialable
  }
  if (isStockbookError(error, 'INSUFFICIENT_STOCK_IN_PAST')) {
    expectTypeOf(error.detail.firstBadAt).toEqualTypeOf<string>()
    expectTypeOf(error.detail.shortfall).toEqualTypeOf<number>()
    expectTypeOf(error.detail.sku).toEqualTypeOf<string>()
  }
  if (isStockbookError(error, 'INVALID_INPUT')) {
    expectTypeOf(error.detail.issues[0]?.path).toEqualTypeOf<(string | number)[] | undefined>()
  }
  if (isStockbookError(error, 'ALREADY_EXISTS')) {
    expectTypeOf(error.detail.value).toEqualTypeOf<string | null | undefined>()
  }
  if (isStockbookError(error, 'CHANGED_MEANWHILE')) {
    expectTypeOf(error.detail.version).toEqualTypeOf<number>()
  }
  if (isStockbookError(error, 'TOO_MANY_ATTEMPTS')) {
    expectTypeOf(error.detail.retryAfterSeconds).toEqualTypeOf<number>()
  }
  if (isStockbookError(error, 'IN_USE')) expectTypeOf(error.detail).toEqualTypeOf<ErrorDetail>()
  if (isStockbookError(error)) expectTypeOf(error.detail).toEqualTypeOf<ErrorDetail>()
  expectTypeOf<keyof ErrorDetails>().toExtend<ServerErrorCode>()
  expectTypeOf<StockbookError<'INSUFFICIENT_STOCK'>>().toExtend<StockbookError>()
  expectTypeOf<DetailOf<'INSUFFICIENT_STOCK' | 'IN_USE'>>().toEqualTypeOf<ErrorDetail>()
})

test('there are four ways to say who one is, and no mixture', () => {
  const url = 'https://a.test'
  createStockbookClient({ url, auth: { username: 'anna', password: 'x' } })
  createStockbookClient({ url, auth: { cookie: true } })
  createStockbookClient({ url, auth: { apiKey: 'x', allowInBrowser: true } })
  const session = { accessToken: 'a', refreshToken: 'r', expiresAt: 'e' }
  createStockbookClient({ url, auth: { store: { get: () => session, set: () => {} } } })
  createStockbookClient({ url, auth: { store: { get: async () => null, set: async () => {} } } })
  // @ts-expect-error a password is missing
  createStockbookClient({ url, auth: { username: 'anna' } })
  // @ts-expect-error a cookie is wanted, or the option is left out
  createStockbookClient({ url, auth: { cookie: false } })
  // @ts-expect-error a store that cannot take a session would lose it at the first renewal
  createStockbookClient({ url, auth: { store: { get: () => null } } })
  const withDate = () => ({ ...session, expiresAt: new Date() })
  // @ts-expect-error a Date does not survive JSON
  createStockbookClient({ url, auth: { store: { get: withDate, set: () => {} } } })
})

test('listAll yields the list’s items and takes the list’s input', () => {
  type Product = z.output<typeof contract.products.get.output>
  const all = listAll(operator.products.list, { search: 'tea' })
  expectTypeOf(all).toEqualTypeOf<AsyncGenerator<Product, void, undefined>>()
  // @ts-expect-error a field that the list does not have
  listAll(operator.products.list, { serach: 'tea' })
  // @ts-expect-error not a list
  listAll(operator.products.get, { id: 'x' })
})
