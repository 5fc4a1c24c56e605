import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router, sharedProcedure } from '../../trpc.ts'
import {
  archiveProduct,
  createProduct,
  findProductByCode,
  getProduct,
  listProductValues,
  listProducts,
  updateProduct,
} from './products.ts'
import { resolveProductScan } from './resolveScan.ts'

const { list, get, values, findByCode, resolveScan, create, update, archive } = contract.products

export const productsRouter = router({
  list: sharedProcedure(list, ({ ctx, input }) => listProducts(ctx.db, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getProduct(ctx.db, input)),
  values: protectedProcedure(values, ({ ctx, input }) => listProductValues(ctx.db, input)),
  findByCode: protectedProcedure(findByCode, ({ ctx, input }) => findProductByCode(ctx.db, input)),
  resolveScan: protectedProcedure(resolveScan, ({ ctx, input }) =>
    resolveProductScan(ctx.db, input),
  ),
  create: adminProcedure(create, ({ ctx, input }) => createProduct(ctx.db, ctx.actor, input)),
  update: adminProcedure(update, ({ ctx, input }) => updateProduct(ctx.db, ctx.actor, input)),
  archive: adminProcedure(archive, ({ ctx, input }) => archiveProduct(ctx.db, ctx.actor, input)),
})
