import type {
  ApiErrorShape,
  ApiInputs,
  ApiOutputs,
  ApiRouter,
  StockbookClient,
} from '@stockbook/client'
import { contract } from '@stockbook/client/contract'
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { AppRouter } from '../../src/router.ts'
import type { SignedInContext } from '../../src/context.ts'
import {
  adminProcedure,
  protectedProcedure,
  publicProcedure,
  sharedProcedure,
} from '../../src/trpc.ts'

declare const never: never

test('the server takes and answers exactly what the published contract says', () => {
  expectTypeOf<inferRouterInputs<AppRouter>>().toEqualTypeOf<ApiInputs>()
  expectTypeOf<inferRouterOutputs<AppRouter>>().toEqualTypeOf<ApiOutputs>()
  expectTypeOf<keyof AppRouter['_def']['record']>().toEqualTypeOf<
    keyof ApiRouter['_def']['record']
  >()
})

test('a failure of the server has what the client reads', () => {
  expectTypeOf<inferRouterError<AppRouter>['data']['stockbook']>().toEqualTypeOf<
    ApiErrorShape['data']['stockbook']
  >()
  expectTypeOf<inferRouterError<AppRouter>['code']>().toEqualTypeOf<ApiErrorShape['code']>()
})

test('a procedure cannot be given another access than its contract says', () => {
  publicProcedure(contract.auth.signIn, async () => never)
  protectedProcedure(contract.products.list, async () => never)
  adminProcedure(contract.products.create, async () => never)
  // @ts-expect-error for operators, not for administrators only
  adminProcedure(contract.products.list, async () => never)
  // @ts-expect-error for operators, not for anyone
  publicProcedure(contract.products.list, async () => never)
  // @ts-expect-error for administrators only
  protectedProcedure(contract.products.create, async () => never)
  // @ts-expect-error for administrators only
  publicProcedure(contract.users.create, async () => never)
  // @ts-expect-error open, or nobody could sign in
  protectedProcedure(contract.auth.signIn, async () => never)
  sharedProcedure(contract.products.list, async () => never)
  // @ts-expect-error for administrators only
  sharedProcedure(contract.users.list, async () => never)
})

test('a procedure cannot answer less than its contract says, nor read what is not in its input', () => {
  // @ts-expect-error a page has its next cursor
  protectedProcedure(contract.products.list, async () => ({ items: [] }))
  // @ts-expect-error the input has no such field
  protectedProcedure(contract.products.get, async ({ input }) => input.sku)
})

test('only a procedure that asks for a caller has one', () => {
  protectedProcedure(contract.auth.me, async ({ ctx }) => {
    expectTypeOf(ctx).toEqualTypeOf<SignedInContext>()
    return never
  })
  publicProcedure(contract.auth.signIn, async ({ ctx }) => {
    // @ts-expect-error nobody may be signed in yet
    ctx.actor.id
    return never
  })
  sharedProcedure(contract.products.list, async ({ ctx }) => {
    // @ts-expect-error what is shared must not depend on who calls
    ctx.actor.id
    return never
  })
})

test('the client of an operator has no call of an administrator', () => {
  expectTypeOf<StockbookClient<'admin'>>().toHaveProperty('users')
  expectTypeOf<StockbookClient<'operator'>>().not.toHaveProperty('users')
  expectTypeOf<StockbookClient<'operator'>['products']>().not.toHaveProperty('create')
  expectTypeOf<StockbookClient<'operator'>['stock']>().not.toHaveProperty('verify')
})
