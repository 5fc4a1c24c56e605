import { expect, test } from 'vitest'
import {
  dayText,
  decimalInForm,
  decimalText,
  parseDecimal,
  typedDecimal,
} from '../../src/fields/formats.ts'

test('a decimal keeps all its places, however large it is', () => {
  expect(decimalText('12345678901234.5678', 'en-GB')).toBe('12,345,678,901,234.5678')
  expect(decimalText('0.1', 'en-GB')).toBe('0.10')
  expect(decimalText('-1234.5000', 'de-DE')).toBe('-1.234,50')
})

test('what is no decimal is shown as it came', () => {
  expect(decimalText('1e5', 'en-GB')).toBe('1e5')
  expect(decimalText(null, 'en-GB')).toBe('')
})

test('a comma and spaces between thousands are read as a person means them', () => {
  expect(parseDecimal('12,50')).toBe('12.50')
  expect(parseDecimal('1 234,5')).toBe('1234.5')
  expect(parseDecimal('  ')).toBeNull()
  expect(parseDecimal(undefined)).toBeNull()
})

test('a day is the same day wherever it is read', () => {
  expect(dayText('2026-01-01', 'en-GB')).toBe('1 Jan 2026')
  expect(dayText('soon', 'en-GB')).toBe('soon')
})

test('a decimal is typed with the decimal sign of the person', () => {
  expect(typedDecimal('1234.5', 'ru-RU')).toBe('1234,5')
  expect(typedDecimal('12.', 'de-DE')).toBe('12,')
  expect(typedDecimal('1234.5', 'en-GB')).toBe('1234.5')
  expect(typedDecimal(null, 'ru-RU')).toBe('')
})

test('a form shows a decimal with as many places as a list, and leaves alone what is none', () => {
  expect(decimalInForm('18.5', 'en-GB')).toBe('18.50')
  expect(decimalInForm('18.5000', 'en-GB')).toBe('18.50')
  expect(decimalInForm('18', 'ru-RU')).toBe('18,00')
  expect(decimalInForm('1234.5678', 'de-DE')).toBe('1234,5678')
  expect(decimalInForm('12.', 'en-GB')).toBe('12.')
  expect(decimalInForm(null, 'en-GB')).toBe('')
})
