import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { addAttachment } from './add.ts'
import { listAttachments, readAttachment } from './attachments.ts'
import { removeAttachment } from './remove.ts'

const { list, add, content, remove } = contract.attachments

export const attachmentsRouter = router({
  list: protectedProcedure(list, ({ ctx, input }) => listAttachments(ctx.db, ctx.actor, input)),
  add: protectedProcedure(add, ({ ctx, input }) => addAttachment(ctx.db, ctx.actor, input)),
  content: protectedProcedure(content, async ({ ctx, input }) => {
    const { bytes, ...attachment } = await readAttachment(ctx.db, ctx.actor, input.id)
    return { ...attachment, content: bytes.toString('base64') }
  }),
  remove: adminProcedure(remove, ({ ctx, input }) => removeAttachment(ctx.db, ctx.actor, input)),
})
