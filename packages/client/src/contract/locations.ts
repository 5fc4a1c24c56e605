import { z } from 'zod'
import { mutation, query } from './define.ts'
import { archived, listInput, page, search } from './list.ts'
import { archiveInput, byId, code, id, lifecycle, line, updateOf } from './values.ts'
import { choiceIs, integerOrNullIs, lifecycleIs, textIs, treeIdOrNullIs } from './where.ts'

export const locationKind = z.enum(['warehouse', 'zone', 'bin'])

export const location = z.object({
  id,
  /** `null` for a warehouse, and only for one. */
  parentId: id.nullable(),
  /** Warehouses stand at the top, zones inside them, bins at the leaves. Only bins hold stock. */
  kind: locationKind,
  /** What the label on the shelf says. */
  code: z.string(),
  name: z.string(),
  /** Where a picker comes by earlier stands before: ascending. `null`: last. */
  pickSequence: z.int().nullable(),
  ...lifecycle,
})

/** Unique over all locations; case does not matter. */
const fields = { code, name: line(200) }

/** Ascending: where a picker comes by earlier. */
const pickSequence = z.int().min(0).max(1_000_000_000).nullable()

export const locations = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['code', 'name', 'createdAt']),
      /** Words found in code or name. */
      search,
      archived,
      kind: locationKind.optional(),
      /** Only the children of this one; `null`: only warehouses. */
      parentId: id.nullable().optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          parentId: treeIdOrNullIs,
          kind: choiceIs(locationKind),
          code: textIs,
          name: textIs,
          pickSequence: integerOrNullIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(location),
  }),
  get: query('operator', { input: byId, output: location }),
  /** Throws ALREADY_EXISTS (`code`), INVALID_PARENT, REFERENCE_NOT_FOUND (`parentId`). */
  create: mutation('admin', {
    input: z
      .strictObject({
        ...fields,
        kind: locationKind,
        pickSequence: pickSequence.default(null),
        /** Where it stands: a warehouse or a zone. Absent for a warehouse, and only for one. */
        parentId: id.nullable().default(null),
      })
      .refine((value) => (value.kind === 'warehouse') === (value.parentId === null), {
        path: ['parentId'],
        error: 'a warehouse has no parent; a zone and a bin need one',
      }),
    output: location,
  }),
  /** Changes what is given. The kind never changes. */
  update: mutation('admin', {
    input: z.strictObject({
      ...updateOf,
      ...z.object({ ...fields, pickSequence, parentId: id }).partial().shape,
    }),
    output: location,
  }),
  /** Takes it out of use; refused with IN_USE while it, or a place in it, holds stock or is in use. */
  archive: mutation('admin', { input: archiveInput, output: location }),
}
