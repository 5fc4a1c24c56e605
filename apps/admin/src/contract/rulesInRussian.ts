/** The sentences that the contract's own rules speak, which no language of zod knows. */
export const rulesInRussian: Readonly<Record<string, string>> = {
  'write a decimal number with at most four places, like "12.50"':
    'нужно десятичное число, не больше четырёх знаков после запятой, например 12,50',
  'write a decimal number with at most ten places, like "12.50"':
    'нужно десятичное число, не больше десяти знаков после запятой, например 12,50',
  'write a decimal number with at most six places, like "0.5"':
    'нужно десятичное число, не больше шести знаков после запятой, например 0,5',
  'write a share in per cent with at most four places, like "2.5"':
    'нужна доля в процентах, не больше четырёх знаков после запятой, например 2,5',
  'write a whole number of base units, at least 1, or with packagingId a decimal string like "0.5"':
    'нужно целое число базовых единиц, не меньше 1, а для упаковки — десятичное число, например 0,5',
  'there was no year 0': 'года 0 не было',
  'is no time zone': 'такого часового пояса нет',
  'an id has the digits 0 to 9 and a to f, and hyphens':
    'номер строки состоит из цифр 0–9, букв a–f и дефисов',
  'must be one line, without control characters': 'нужна одна строка без управляющих символов',
  'must be well-formed text without NUL characters': 'текст содержит недопустимые символы',
  'must not hold spaces or control characters': 'без пробелов и управляющих символов',
  'must be a name without a path': 'нужно имя файла без пути',
  'must not hold characters that turn the direction of writing':
    'без символов, меняющих направление письма',
  'must have at least 12 characters': 'не короче 12 знаков',
  'must have at most 72 bytes': 'не длиннее 72 байт: русская буква занимает два',
  'write the six digits of the app, or a recovery code':
    'нужны шесть цифр из приложения или код восстановления',
  'name either movementIds or reversedCommandId':
    'нужно что-то одно: movementIds или reversedCommandId',
  'give either expiresAt or expiresInMinutes': 'нужно что-то одно: expiresAt или expiresInMinutes',
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
