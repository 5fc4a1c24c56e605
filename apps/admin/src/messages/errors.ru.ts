import type { ErrorCode } from '@stockbook/client'

export const errorsInRussian: Record<ErrorCode, string> = {
  INVALID_INPUT: 'Введённое не подходит. У каждого поля сказано, что не так.',
  INVALID_CURSOR: 'Список изменился. Откройте его заново.',
  QUANTITY_NOT_WHOLE: 'Количество — не целое число базовых единиц.',
  REFERENCE_NOT_FOUND: 'Того, на что указано, не существует.',
  LOT_REQUIRED: 'Товар учитывается по партиям: укажите партию.',
  LOT_NOT_ALLOWED: 'Указана партия, которая не относится к этому товару.',
  LOCATION_HOLDS_NO_STOCK: 'Товар лежит только в ячейках. Укажите ячейку внутри этого места.',
  OCCURRED_AT_IN_FUTURE: 'Движение не могло произойти в будущем.',
  FILE_NOT_ACCEPTED:
    'Файлы — это PNG, JPEG, WebP, PDF или CSV, и имя кончается тем, что в файле, например «photo.jpg».',
  UNSUPPORTED_REQUEST: 'Сервер не понимает такой запрос.',
  PAYLOAD_TOO_LARGE: 'Слишком много за один раз. Отправьте по частям.',
  TOO_MANY_CALLS: 'Слишком много вызовов за один раз.',
  UNKNOWN_PROCEDURE: 'Сервер этого не умеет: возможно, он старее страницы. Обновите страницу.',
  METHOD_NOT_ALLOWED: 'Сервер не понимает такой запрос.',
  SIGN_IN_FAILED: 'Имя или пароль неверны, либо вход этому пользователю закрыт.',
  SECOND_FACTOR_REQUIRED: 'Введите ещё код приложения-аутентификатора или резервный код.',
  SECOND_FACTOR_WRONG: 'Код неверен или уже использован. Дождитесь следующего.',
  SIGN_IN_REQUIRED: 'Сначала войдите.',
  TOO_MANY_ATTEMPTS: 'Слишком много попыток. Подождите %{retryAfterSeconds} с.',
  TOO_MANY_SUBSCRIPTIONS: 'У вас открыто слишком много страниц. Закройте одну.',
  PASSWORD_CHANGE_REQUIRED: 'Сначала выберите собственный пароль.',
  CROSS_SITE_REFUSED: 'Войти можно только со страниц самого сервера.',
  ADMIN_REQUIRED: 'Это может только администратор.',
  FIELD_FORBIDDEN: 'Это поле только для администраторов: его нельзя ни запросить, ни указать.',
  OUTSIDE_WAREHOUSES: 'На складах, доступных этому пользователю, такого места нет.',
  NOT_FOUND: 'Такого нет.',
  ALREADY_EXISTS: 'Такое уже есть: «%{value}» занято.',
  ARCHIVED: 'Это в архиве: ни товара, ни изменений не принимает.',
  IN_USE: 'Это ещё используется.',
  INVALID_PARENT: 'Внутри этого места оно находиться не может.',
  LAST_ADMIN: 'Управлять будет некому: сначала назначьте другого администратора.',
  CHANGED_MEANWHILE: 'Пока вы смотрели, это изменил кто-то другой.',
  INSUFFICIENT_STOCK:
    'Товара не хватает. %{sku} в %{location}: есть %{available}, нужно %{requested}.',
  INSUFFICIENT_STOCK_IN_PAST:
    'С такой датой %{sku} в %{location} не хватило бы (%{shortfall}) начиная с %{firstBadAt}.',
  PERIOD_CLOSED: 'Книга за это время закрыта: датировать раньше закрытия нельзя.',
  LOT_NOT_AVAILABLE:
    'Партия просрочена, придержана или отозвана. Отгрузить её может администратор, указав причину.',
  RESERVATION_EXPIRED: 'Резерв истёк и больше ничего не держит.',
  RESERVATION_CLOSED: 'Резерв отгружен или снят: в нём ничего не осталось.',
  RESERVATION_EXCEEDED: 'Это больше, чем осталось в резерве.',
  TOO_MANY_ATTACHMENTS: 'Файлов уже %{max}, больше нельзя. Сначала удалите какой-нибудь.',
  WRONG_STATE: 'В нынешнем состоянии этого сделать нельзя.',
  COUNT_INCOMPLETE: 'Некоторые строки не посчитаны. Посчитайте их или пропустите намеренно.',
  SEPARATION_OF_DUTIES:
    'Это должен сделать другой: кто считал, тот не пересчитывает и не утверждает.',
  LOT_CONFLICT:
    'У партии известен другой срок годности. Ничего не изменено: выясните, какой верен.',
  SCAN_INVALID: 'Считанное — не данные GS1.',
  ALREADY_REVERSED: 'Это движение уже отменено.',
  NOT_REVERSIBLE: 'Это движение так не отменить: оно само отмена или датировано позже.',
  COMMAND_ID_REUSED: 'Этот номер команды уже использован с другим содержанием.',
  UNAVAILABLE: 'Сервер сейчас не может ответить. Попробуйте ещё раз.',
  INTERNAL: 'На сервере что-то сломалось. Подробности в его журнале.',
  CONNECTION_FAILED: 'Сервер недоступен. Ничего не изменено. Попробуйте ещё раз.',
  TIMED_OUT: 'Сервер не ответил вовремя. Прежде чем повторять, посмотрите, не сделано ли это.',
  ABORTED: 'Это остановлено.',
  UNEXPECTED_ANSWER: 'Ответил не Stockbook. Нет ли посередине прокси?',
}

/** What is said of a refusal of which only the code is kept: without the facts. */
export const refusalsInRussian: Record<ErrorCode, string> = {
  ...errorsInRussian,
  TOO_MANY_ATTEMPTS: 'Слишком много попыток. Повторите позже.',
  ALREADY_EXISTS: 'Такое уже есть.',
  INSUFFICIENT_STOCK: 'Товара не хватает.',
  INSUFFICIENT_STOCK_IN_PAST: 'С такой датой товара не хватило бы в прошлом.',
  TOO_MANY_ATTACHMENTS: 'Файлов уже столько, сколько можно.',
}
