import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router, sharedProcedure } from '../../trpc.ts'
import {
  archiveCategory,
  createCategory,
  getCategory,
  listCategories,
  updateCategory,
} from './categories.ts'

const { list, get, create, update, archive } = contract.categories

export const categoriesRouter = router({
  list: sharedProcedure(list, ({ ctx, input }) => listCategories(ctx.db, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getCategory(ctx.db, input)),
  create: adminProcedure(create, ({ ctx, input }) => createCategory(ctx.db, ctx.actor, input)),
  update: adminProcedure(update, ({ ctx, input }) => updateCategory(ctx.db, ctx.actor, input)),
  archive: adminProcedure(archive, ({ ctx, input }) => archiveCategory(ctx.db, ctx.actor, input)),
})
