import { StockbookError } from '@stockbook/client'
import { expect, test } from 'vitest'
import { partFaults } from '../../src/listEditing/faults.ts'
import { CallError } from '../../src/providers/CallError.ts'
import { products } from '../../src/resources/products.ts'

const inputs = products.updateFields.filter(({ name }) => ['name', 'minimumStock'].includes(name))

const message = 'The input is not valid.'
const refused = (errors: Record<string, string>) =>
  new CallError(new StockbookError('INVALID_INPUT', { message }), message, errors)

test('what is wrong with a field that the row has no input for is told beside the list, not lost', () => {
  const errors = { name: 'too long', maximumStock: 'must not be less than the minimum stock' }
  expect(partFaults(refused(errors), inputs)).toEqual({
    atInputs: { name: 'too long' },
    beside: { maximumStock: 'must not be less than the minimum stock' },
  })
})

test('what is wrong with no field is told beside the list', () => {
  const beside = { '': message }
  expect(partFaults(refused({}), inputs)).toEqual({ atInputs: {}, beside })
  expect(partFaults(new Error('offline'), inputs)).toEqual({
    atInputs: {},
    beside: { '': 'offline' },
  })
})
