import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import {
  archiveLocation,
  createLocation,
  getLocation,
  listLocations,
  updateLocation,
} from './locations.ts'

const { list, get, create, update, archive } = contract.locations

export const locationsRouter = router({
  list: protectedProcedure(list, ({ ctx, input }) => listLocations(ctx.db, ctx.actor, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getLocation(ctx.db, ctx.actor, input)),
  create: adminProcedure(create, ({ ctx, input }) => createLocation(ctx.db, ctx.actor, input)),
  update: adminProcedure(update, ({ ctx, input }) => updateLocation(ctx.db, ctx.actor, input)),
  archive: adminProcedure(archive, ({ ctx, input }) => archiveLocation(ctx.db, ctx.actor, input)),
})
