import type { ApiOutputs } from '@stockbook/client'
import { contract } from '@stockbook/client/contract'
import { asChoice, asDecimal, asText, asWhole } from './cells.ts'
import type { ImportField } from './fields.ts'
import { folded, lookUp } from './lookUp.ts'
import { asCodes, asPackagings } from './packagingCells.ts'
import type { Importer, RowIssue } from './plan.ts'
import { planMasterData } from './planMasterData.ts'

type Product = ApiOutputs['products']['get']
type Category = ApiOutputs['categories']['get']

const trackings = {
  none: ['нет', 'без учёта', 'без учета', 'не ведётся', 'не ведется'],
  lot: ['batch', 'партия', 'по партиям', 'партии'],
}

const optional = (key: string, read: ImportField['read'], ...names: string[]): ImportField => ({
  key,
  required: false,
  names,
  read,
})

const fields: ImportField[] = [
  { key: 'sku', required: true, names: ['артикул', 'код товара', 'item', 'article'], read: asText },
  {
    key: 'name',
    required: true,
    names: ['product', 'product name', 'название', 'наименование', 'товар'],
    read: asText,
  },
  {
    key: 'baseUnit',
    required: true,
    names: [
      'base unit',
      'unit',
      'uom',
      'единица',
      'ед. изм.',
      'единица измерения',
      'базовая единица',
    ],
    read: asText,
  },
  optional('description', asText, 'описание'),
  optional('category', asText, 'group', 'категория', 'группа'),
  optional('supplier', asText, 'supplier code', 'vendor', 'поставщик', 'код поставщика'),
  optional('tracking', asChoice(trackings), 'lot tracking', 'учёт', 'учёт партий'),
  optional('packagings', asPackagings, 'packaging', 'упаковки', 'упаковка'),
  optional(
    'codes',
    asCodes,
    'barcode',
    'barcodes',
    'gtin',
    'ean',
    'штрихкод',
    'штрихкоды',
    'штрих-код',
  ),
  optional('reorderPoint', asWhole, 'reorder point', 'точка заказа'),
  optional('minimumStock', asWhole, 'minimum stock', 'минимальный остаток', 'минимум'),
  optional('maximumStock', asWhole, 'maximum stock', 'максимальный остаток', 'максимум'),
  optional(
    'abcClass',
    asChoice({ A: ['а'], B: ['б', 'в'], C: ['с'] }),
    'abc',
    'abc class',
    'класс abc',
  ),
  optional(
    'minimumShelfLifeDays',
    asWhole,
    'minimum shelf life',
    'минимальный остаточный срок',
    'остаточный срок, дней',
  ),
  optional('unitPrice', asDecimal, 'price', 'unit price', 'цена', 'цена за единицу'),
  optional('unitCost', asDecimal, 'cost', 'unit cost', 'себестоимость', 'себестоимость единицы'),
]

/** Products, matched by SKU. Categories are named by their path, suppliers by their code. */
export const productsImporter: Importer = {
  fields,
  choosesExisting: true,
  async plan(client, rows, options) {
    const { signal } = options
    const [existing, categories, suppliers] = await Promise.all([
      lookUp(client.products.list, { archived: 'all' }, ({ sku }) => folded(sku), signal),
      lookUp(client.categories.list, {}, ({ id }) => id, signal),
      lookUp(client.partners.list, { kind: 'supplier' }, ({ code }) => code, signal),
    ])
    const categoryOf = categoryFinder([...categories.values()])
    const codeOwners = new Map(
      [...existing.values()].flatMap(({ sku, codes }) =>
        codes.map(({ code }) => [codeKey(code), sku] as const),
      ),
    )

    return planMasterData<Product>(
      {
        fields,
        keyOf: ({ sku }) => (typeof sku === 'string' ? folded(sku) : null),
        keyParts: ['sku'],
        nameOf: ({ sku = '' }) => sku,
        existing,
        resolve({ category, supplier, ...input }) {
          const issues: RowIssue[] = []
          if (typeof category === 'string') {
            const found = categoryOf(category)
            if ('id' in found) input.categoryId = found.id
            else issues.push({ field: 'category', code: found.code, facts: { text: category } })
          }
          if (typeof supplier === 'string') {
            const found = suppliers.get(supplier)
            if (found !== undefined) input.supplierId = found.id
            else {
              issues.push({
                field: 'supplier',
                code: 'REFERENCE_NOT_FOUND',
                facts: { text: supplier },
              })
            }
          }
          issues.push(...takenCodes(input, codeOwners))
          return { input, issues }
        },
        isSame,
        fieldOf: { categoryId: 'category', supplierId: 'supplier' },
        createSchema: contract.products.create.input,
        updateSchema: contract.products.update.input,
        create: (input) =>
          client.products.create.mutate(contract.products.create.input.parse(input)),
        update: (input) =>
          client.products.update.mutate(contract.products.update.input.parse(input)),
      },
      rows,
      options,
    )
  },
}

/** Codes that another product has already, or another row of the file. Takes the rest for this one. */
function takenCodes(input: Record<string, unknown>, owners: Map<string, string>): RowIssue[] {
  const sku = String(input.sku ?? '')
  const codes = (input.codes ?? []) as { code: string }[]
  return codes.flatMap(({ code }) => {
    const owner = owners.get(codeKey(code))
    if (owner !== undefined && folded(owner) !== folded(sku)) {
      return [{ field: 'codes', code: 'CODE_TAKEN', facts: { text: code, owner } }]
    }
    owners.set(codeKey(code), sku)
    return []
  })
}

/** A GTIN is the same number in each of its lengths; an own code is itself alone. */
function codeKey(code: string): string {
  return /^(\d{8}|\d{12,14})$/.test(code) ? code.padStart(14, '0') : code
}

/** Finds a category by its path, `Food / Dairy`, or by its name alone where only one has it. */
function categoryFinder(categories: readonly Category[]) {
  const byId = new Map(categories.map((category) => [category.id, category]))
  const pathOf = ({ parentId, name }: Category): string => {
    const parent = parentId === null ? undefined : byId.get(parentId)
    return parent === undefined ? name : `${pathOf(parent)}/${name}`
  }
  const paths = new Map(categories.map((category) => [category, pathOf(category)]))

  return (text: string): { id: string } | { code: string } => {
    const path = text.split(/\s*[/>\\]\s*/).join('/')
    const ways: ((category: Category) => boolean)[] = [
      (category) => paths.get(category) === path,
      (category) => folded(paths.get(category) ?? '') === folded(path),
      (category) => folded(category.name) === folded(text),
    ]
    for (const fits of ways) {
      const found = categories.filter(fits)
      if (found.length > 1) return { code: 'AMBIGUOUS' }
      if (found[0] !== undefined) return { id: found[0].id }
    }
    return { code: 'REFERENCE_NOT_FOUND' }
  }
}

function isSame(product: Product, key: string, value: unknown): boolean {
  switch (key) {
    case 'unitPrice':
    case 'unitCost':
      return plainDecimal(product[key]) === plainDecimal(value as string | null)
    case 'packagings': {
      const inUse = product.packagings.filter(({ archivedAt }) => archivedAt === null)
      return sameLists(
        inUse.map(packagingText),
        (value as { name: string; factor: number }[]).map(packagingText),
      )
    }
    case 'codes':
      return sameLists(
        product.codes.map(codeText),
        (value as { type: string; code: string; packaging: string | null }[]).map(codeText),
      )
    default:
      return product[key as keyof Product] === value
  }
}

const packagingText = ({ name, factor }: { name: string; factor: number }) => `${name}=${factor}`

const codeText = (code: { type: string; code: string; packaging: string | null }) =>
  `${code.type} ${code.code} ${code.packaging ?? ''}`

function sameLists(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && new Set([...one, ...other]).size === one.length
}

/** A decimal string without zeros that say nothing: "12.50" and "12.5000" are the same price. */
function plainDecimal(text: string | null = null): string | null {
  return text === null || !text.includes('.') ? text : text.replace(/\.?0+$/, '')
}
