import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router, sharedProcedure } from '../../trpc.ts'
import {
  archivePartner,
  createPartner,
  getPartner,
  listPartners,
  listPartnerValues,
  updatePartner,
} from './partners.ts'

const { list, get, values, create, update, archive } = contract.partners

export const partnersRouter = router({
  list: sharedProcedure(list, ({ ctx, input }) => listPartners(ctx.db, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getPartner(ctx.db, input)),
  values: protectedProcedure(values, ({ ctx, input }) => listPartnerValues(ctx.db, input)),
  create: protectedProcedure(create, ({ ctx, input }) => createPartner(ctx.db, ctx.actor, input)),
  update: protectedProcedure(update, ({ ctx, input }) => updatePartner(ctx.db, ctx.actor, input)),
  archive: protectedProcedure(archive, ({ ctx, input }) =>
    archivePartner(ctx.db, ctx.actor, input),
  ),
})
