/** The sentences that the contract's own rules speak, which no language of zod knows. */
export const rulesInRussian: Readonly<Record<string, string>> = {
  'write a decimal number with at most four places, like "12.50"':
    'нужно десятичное число, не больше четырёх знаков после запятой, например 12,50',
  'write a decimal number with at most ten places, like "12.50"':
    'нужно десятичное число, не больше десяти знаков после запятой, например 12,50',
  'must be one line, without control characters': 'нужна одна строка без управляющих символов',
  'must be well-formed text without NUL characters': 'текст содержит недопустимые символы',
  'must not hold spaces or control characters': 'без пробелов и управляющих символов',
  'two packagings have the same name': 'две упаковки с одинаковым названием',
  'a GTIN has digits only': 'GTIN состоит только из цифр',
  'a GTIN has 8, 12, 13 or 14 digits': 'в GTIN 8, 12, 13 или 14 цифр',
  'the check digit is wrong': 'контрольная цифра неверна',
  'a warehouse has no parent; a zone and a bin need one':
    'склад ни во что не входит, а зоне и ячейке нужно место, в котором они находятся',
  'must not be less than the minimum stock': 'не меньше минимального запаса',
  'an administrator works in all warehouses': 'администратор работает на всех складах',
  'is restricted to warehouses: clear them first, or in the same change':
    'ограничен складами: сначала или тем же изменением уберите их',
}
