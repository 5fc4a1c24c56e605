import { z } from 'zod'
import { hasCheckDigit, hasGtinLength } from '../scan/gtin.ts'
import { mutation, query } from './define.ts'
import { archived, listInput, page, search } from './list.ts'
import { lot } from './lots.ts'
import {
  archiveInput,
  byId,
  code,
  id,
  lifecycle,
  line,
  money,
  mostBaseUnits,
  text,
  updateOf,
} from './values.ts'
import {
  choiceIs,
  choiceOrNullIs,
  decimalOrNullIs,
  idOrNullIs,
  integerOrNullIs,
  lifecycleIs,
  sharedTextIs,
  textIs,
  textOrNullIs,
  treeIdOrNullIs,
  values,
  valuesInput,
} from './where.ts'

export const tracking = z.enum(['none', 'lot'])

/** How much of the turnover a product makes: `A` most, `C` least. */
export const abcClass = z.enum(['A', 'B', 'C'])

/** EAN-8, UPC-A, EAN-13 and GTIN-14 by their length, with a right check digit; or an own code. */
export const barcode = z
  .strictObject({
    type: z.enum(['gtin', 'own']),
    /** As printed. */
    code,
    /** Name of the packaging that carries it. Default `null`: one base unit. */
    packaging: line(64).nullable().default(null),
  })
  .refine((value) => value.type === 'own' || /^\d+$/.test(value.code), {
    path: ['code'],
    error: 'a GTIN has digits only',
    abort: true,
  })
  .refine((value) => value.type === 'own' || hasGtinLength(value.code), {
    path: ['code'],
    error: 'a GTIN has 8, 12, 13 or 14 digits',
    abort: true,
  })
  .refine((value) => value.type === 'own' || hasCheckDigit(value.code), {
    path: ['code'],
    error: 'the check digit is wrong',
  })

export const packaging = z.object({
  id,
  /** For instance `case`. */
  name: z.string(),
  /** Base units in one packaging. */
  factor: z.int(),
  /** Set when the packaging is out of use. */
  archivedAt: lifecycle.archivedAt,
})

const packagingInput = z.strictObject({
  name: line(64),
  /** Base units in one packaging: 2 to 1,000,000,000. */
  factor: z.int().min(2).max(1_000_000_000),
})

export const product = z.object({
  id,
  /** Stock keeping unit: the product's own short code. */
  sku: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  categoryId: id.nullable(),
  /** Whom we usually buy it from. */
  supplierId: id.nullable(),
  /** The smallest countable unit, for instance `piece`. All quantities count these. */
  baseUnit: z.string(),
  /** `lot`: every movement of it names a lot. */
  tracking,
  /** On hand at or below this many base units, it is time to order. `null`: never. */
  reorderPoint: z.int().nullable(),
  /** Never to fall below, base units; counts as the reorder point where that is lower. `null`: none. */
  minimumStock: z.int().nullable(),
  /** An order fills up to here, base units. `null`: twice the reorder point. */
  maximumStock: z.int().nullable(),
  /** `null`: not classified. */
  abcClass: abcClass.nullable(),
  /** A lot with fewer good days left is not offered for picking. `null`: any is. */
  minimumShelfLifeDays: z.int().nullable(),
  /** List price of one base unit, a decimal string. */
  unitPrice: z.string().nullable(),
  /**
   * What one base unit costs us, a decimal string: values stock and variances. `null`: the list price
   * does. Absent for operators.
   */
  unitCost: z.string().nullable().optional(),
  packagings: z.array(packaging),
  codes: z.array(
    z.object({
      type: z.enum(['gtin', 'own']),
      code: z.string(),
      packaging: z.string().nullable(),
    }),
  ),
  ...lifecycle,
})

/** Base units; zero or more. `null`: none is set. */
const stockTarget = z.int().min(0).max(mostBaseUnits).nullable()

const fields = {
  /** Unique; case does not matter. */
  sku: code,
  name: line(300),
  description: text(5000).nullable(),
  categoryId: id.nullable(),
  supplierId: id.nullable(),
  baseUnit: line(64),
  tracking,
  /** On hand at or below this many base units, it is time to order. */
  reorderPoint: stockTarget,
  /** Base units never to fall below. */
  minimumStock: stockTarget,
  /** Base units that an order fills up to; at least `minimumStock`. */
  maximumStock: stockTarget,
  abcClass: abcClass.nullable(),
  /** Days. A lot with fewer good days left is not offered for picking. */
  minimumShelfLifeDays: z.int().min(0).max(36_500).nullable(),
  unitPrice: money.nullable(),
  /** For administrators: FIELD_FORBIDDEN for anybody else. */
  unitCost: money.nullable(),
  /** All packagings in use. One that is left out is archived; its past stays. */
  packagings: z
    .array(packagingInput)
    .max(20)
    .refine((value) => new Set(value.map(({ name }) => name.toLowerCase())).size === value.length, {
      error: 'two packagings have the same name',
    }),
  /** All codes. One that is left out is forgotten. */
  codes: z.array(barcode).max(100),
}

type StockBounds = { minimumStock?: number | null; maximumStock?: number | null }

/** Of a change that gives one of them, the database judges: it knows the other. */
const areInOrder = ({ minimumStock, maximumStock }: StockBounds) =>
  (maximumStock ?? mostBaseUnits) >= (minimumStock ?? 0)

const notInOrder = { path: ['maximumStock'], error: 'must not be less than the minimum stock' }

export const products = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['name', 'sku', 'createdAt']),
      /** Words found in name or SKU. */
      search,
      archived,
      /** Of this category or one below it. */
      categoryId: id.optional(),
      supplierId: id.optional(),
      /** Only those that have one (`true`), or that have none (`false`). Default: both. */
      hasCategory: z.boolean().optional(),
      hasSupplier: z.boolean().optional(),
      hasReorderPoint: z.boolean().optional(),
      tracking: tracking.optional(),
      abcClass: abcClass.optional(),
      /**
       * What the fields of a row must be like; all that is given must hold. Texts of SKU and name, ids,
       * `baseUnit`, `tracking`, `abcClass` and `createdAt` are looked up; any other field reads products in the order
       * of the list until the page is full. Throws FIELD_FORBIDDEN for a field that the caller is not told.
       */
      where: z
        .strictObject({
          sku: textIs,
          name: textIs,
          description: textOrNullIs,
          categoryId: treeIdOrNullIs,
          supplierId: idOrNullIs,
          baseUnit: sharedTextIs,
          tracking: choiceIs(tracking),
          reorderPoint: integerOrNullIs,
          minimumStock: integerOrNullIs,
          maximumStock: integerOrNullIs,
          abcClass: choiceOrNullIs(abcClass),
          minimumShelfLifeDays: integerOrNullIs,
          unitPrice: decimalOrNullIs,
          unitCost: decimalOrNullIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(product),
  }),
  get: query('operator', { input: byId, output: product }),
  /** Which base units products have. */
  values: query('operator', { input: valuesInput(['baseUnit']), output: values }),
  /** What a scanner read: any spelling of a GTIN, an own code, or a SKU. Throws NOT_FOUND. */
  findByCode: query('operator', {
    input: z.strictObject({ code }),
    output: z.object({
      product,
      /** The packaging that carries the code. `null`: one base unit. */
      packaging: packaging.nullable(),
    }),
  }),
  /**
   * All that a scan says: EAN, UPC and GTIN-14, GS1-128, DataMatrix and QR, bracketed text, GS1 Digital
   * Link, an own code, or a SKU. Throws SCAN_INVALID (`fault`, `ai`, `position` in the scan, `reason`)
   * when any part of GS1 data is wrong, LOT_CONFLICT when the lot is known with another expiry, and
   * NOT_FOUND with what was read in `detail`.
   */
  resolveScan: query('operator', {
    input: z.strictObject({
      /** As the scanner sent it, with its symbology identifier if it has one. */
      scan: z
        .string()
        .min(1)
        .max(1000)
        .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text without NUL characters'),
    }),
    output: z.object({
      /** `data`: GS1 data that names no product, for instance the number of a pallet. */
      kind: z.enum(['product', 'data']),
      /** Fourteen digits. `null`: a SKU, an own code, or data of something else was scanned. */
      gtin: z.string().nullable(),
      product: product.nullable(),
      /** The packaging that carries the code. `null`: one base unit. */
      packaging: packaging.nullable(),
      /** The lot, when the product has one of this code. */
      lot: lot.nullable(),
      /** As scanned, whether the lot is known or not. */
      lotCode: z.string().nullable(),
      /** The last good day as scanned, `YYYY-MM-DD`. */
      expiresOn: z.string().nullable(),
      serial: z.string().nullable(),
      /**
       * Base units, from a count of packagings or from a net weight or volume. `null`: the scan says
       * none, or none that is a whole number of base units.
       */
      quantity: z.int().nullable(),
      /** All GS1 data in its order. */
      elements: z.array(
        z.object({
          /** The application identifier, for instance `10`. */
          ai: z.string(),
          /** GS1's short name of it, for instance `BATCH/LOT`. */
          title: z.string(),
          /** As scanned; a GTIN always in fourteen digits. */
          value: z.string(),
        }),
      ),
    }),
  }),
  /** Throws ALREADY_EXISTS (`sku`, `code`) and REFERENCE_NOT_FOUND (`categoryId`, `supplierId`). */
  create: mutation('admin', {
    input: z
      .strictObject({
        ...fields,
        description: fields.description.default(null),
        categoryId: fields.categoryId.default(null),
        supplierId: fields.supplierId.default(null),
        tracking: fields.tracking.default('none'),
        reorderPoint: fields.reorderPoint.default(null),
        minimumStock: fields.minimumStock.default(null),
        maximumStock: fields.maximumStock.default(null),
        abcClass: fields.abcClass.default(null),
        minimumShelfLifeDays: fields.minimumShelfLifeDays.default(null),
        unitPrice: fields.unitPrice.default(null),
        unitCost: fields.unitCost.default(null),
        packagings: fields.packagings.default([]),
        codes: fields.codes.default([]),
      })
      .refine(areInOrder, notInOrder),
    output: product,
  }),
  /** Changes what is given. A change of `tracking` is refused once the product has moved. */
  update: mutation('admin', {
    input: z
      .strictObject({ ...updateOf, ...z.object(fields).partial().shape })
      .refine(areInOrder, notInOrder),
    output: product,
  }),
  /** Takes it out of use; refused with IN_USE while some is on hand. */
  archive: mutation('admin', { input: archiveInput, output: product }),
}
