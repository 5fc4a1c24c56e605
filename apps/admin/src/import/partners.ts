import type { ApiOutputs } from '@stockbook/client'
import { contract } from '@stockbook/client/contract'
import { asChoice, asText, asWhole } from './cells.ts'
import type { ImportField } from './fields.ts'
import { lookUp } from './lookUp.ts'
import type { Importer } from './plan.ts'
import { planMasterData } from './planMasterData.ts'

type Partner = ApiOutputs['partners']['get']

const kinds = {
  supplier: ['поставщик', 'vendor'],
  customer: ['покупатель', 'клиент', 'заказчик', 'client', 'buyer'],
}

const fields: ImportField[] = [
  { key: 'kind', required: true, names: ['type', 'вид', 'тип', 'роль'], read: asChoice(kinds) },
  { key: 'code', required: true, names: ['код', 'partner code', 'short name'], read: asText },
  {
    key: 'name',
    required: true,
    names: ['название', 'наименование', 'имя', 'company', 'организация'],
    read: asText,
  },
  {
    key: 'contactName',
    required: false,
    names: ['contact', 'contact person', 'контакт', 'контактное лицо'],
    read: asText,
  },
  {
    key: 'email',
    required: false,
    names: ['e-mail', 'mail', 'эл. почта', 'электронная почта', 'почта'],
    read: asText,
  },
  { key: 'phone', required: false, names: ['telephone', 'телефон', 'тел'], read: asText },
  { key: 'address', required: false, names: ['адрес'], read: asText },
  { key: 'country', required: false, names: ['страна'], read: asText },
  {
    key: 'minimumShelfLifeDays',
    required: false,
    names: ['minimum shelf life', 'минимальный остаточный срок', 'остаточный срок, дней'],
    read: asWhole,
  },
]

const keyOf = (kind: string, code: string) => `${kind} ${code}`

/** Suppliers and customers, matched by kind and code. */
export const partnersImporter: Importer = {
  fields,
  choosesExisting: true,
  async plan(client, rows, options) {
    const existing = await lookUp(
      client.partners.list,
      { archived: 'all' },
      ({ kind, code }) => keyOf(kind, code),
      options.signal,
    )
    return planMasterData<Partner>(
      {
        fields,
        keyOf: ({ kind, code }) =>
          typeof kind === 'string' && typeof code === 'string' ? keyOf(kind, code) : null,
        keyParts: ['kind', 'code'],
        nameOf: ({ code = '' }) => code,
        existing,
        resolve: (given) => ({ input: given, issues: [] }),
        isSame: (partner, key, value) => partner[key as keyof Partner] === value,
        fieldOf: {},
        createSchema: contract.partners.create.input,
        updateSchema: contract.partners.update.input,
        create: (input) =>
          client.partners.create.mutate(contract.partners.create.input.parse(input)),
        update: (input) =>
          client.partners.update.mutate(contract.partners.update.input.parse(input)),
      },
      rows,
      options,
    )
  },
}
