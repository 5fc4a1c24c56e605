import { z } from 'zod'
import { mutation, query } from './define.ts'
import { archived, listInput, page, search } from './list.ts'
import { archiveInput, byId, id, lifecycle, line, updateOf } from './values.ts'
import { lifecycleIs, textIs, treeIdOrNullIs } from './where.ts'

export const category = z.object({
  id,
  /** `null`: at the top of the tree. */
  parentId: id.nullable(),
  name: z.string(),
  ...lifecycle,
})

const fields = { parentId: id.nullable(), name: line(200) }

export const categories = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['name', 'createdAt']),
      search,
      archived,
      /** Only the children of this one; `null`: only the top. */
      parentId: id.nullable().optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          parentId: treeIdOrNullIs,
          name: textIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(category),
  }),
  get: query('operator', { input: byId, output: category }),
  /** Throws ALREADY_EXISTS when the parent has a child of this name. */
  create: mutation('admin', {
    input: z.strictObject({ ...fields, parentId: fields.parentId.default(null) }),
    output: category,
  }),
  /** Changes what is given. Throws INVALID_PARENT, ALREADY_EXISTS, CHANGED_MEANWHILE. */
  update: mutation('admin', {
    input: z.strictObject({ ...updateOf, ...z.object(fields).partial().shape }),
    output: category,
  }),
  archive: mutation('admin', { input: archiveInput, output: category }),
}
