/**
 * The comments of the contract, which are gone when it runs. Made from its source; a test fails when
 * they are out of date. Write them anew with `pnpm docs:rest`.
 */
export const descriptions: Readonly<Record<string, string>> = {
  'auth.signIn':
    'Trades a name and a password for a session. Cannot be called in a batch. Throws SIGN_IN_FAILED, SECOND_FACTOR_REQUIRED when the password was right and a `code` is wanted, SECOND_FACTOR_WRONG, TOO_MANY_ATTEMPTS (with `retryAfterSeconds`), CROSS_SITE_REFUSED.',
  'auth.refresh':
    'Trades a refresh token for a new pair; the old one is used up. Coming with an older one ends the session, for somebody else may have it; within a few seconds the one just used up still gives the same new pair, so that two tabs may race. Throws SIGN_IN_REQUIRED, CROSS_SITE_REFUSED.',
  'auth.signOut': 'Ends the session of this call.',
  'auth.signOutEverywhere': 'Ends all sessions of the caller, this one too.',
  'auth.changePassword':
    "Changes the caller's own password and ends the caller's other sessions. Throws SIGN_IN_FAILED.",
  'auth.me': 'Who is signed in.',
  'secondFactor.status': "Whether the caller's own sign-in asks for a code.",
  'secondFactor.begin':
    "Makes a secret for the caller's authenticator app. Sign-in asks for its codes after `confirm`; another `begin` before makes another secret. Cannot be called in a batch. Throws SIGN_IN_FAILED when the password is wrong, TOO_MANY_ATTEMPTS, WRONG_STATE when sign-in asks for codes already.",
  'secondFactor.confirm':
    "Shows that the app has the secret: from now on the caller's sign-in asks for a code. The recovery codes are told this once; each signs in once, in place of the app. Throws SECOND_FACTOR_WRONG, WRONG_STATE without a `begin`.",
  'secondFactor.remove':
    'Sign-in asks the caller for the password alone again. Cannot be called in a batch. Throws SIGN_IN_FAILED, SECOND_FACTOR_WRONG, TOO_MANY_ATTEMPTS, WRONG_STATE.',
  'sessions.list': "Open sessions: the caller's own, or for an administrator anybody's.",
  'sessions.end':
    "Ends a session: its next call is refused. Throws NOT_FOUND when it is not open or not the caller's to end.",
  'users.create':
    'Makes a user. Throws ALREADY_EXISTS when the name is taken, REFERENCE_NOT_FOUND (`warehouseIds`).',
  'users.update':
    "Changes what is given. A new role, and other warehouses, act on the user's next call. Who is restricted becomes an administrator only when `warehouseIds` is `null` by then, or with the same change: otherwise INVALID_INPUT names the field. Throws LAST_ADMIN when nobody else could administer, REFERENCE_NOT_FOUND (`warehouseIds`), CHANGED_MEANWHILE.",
  'users.disable':
    "Shuts a user out, from the next call on, and ends the user's sessions; or lets back in. Throws LAST_ADMIN.",
  'users.resetPassword':
    "Sets a password that must be changed at the next sign-in, and ends the user's sessions.",
  'users.removeSecondFactor':
    "For a user whose authenticator app is lost: sign-in asks for the password alone again, and the user's sessions end. Throws WRONG_STATE when it does so already, INVALID_INPUT for oneself, who has `secondFactor.remove`, NOT_FOUND.",
  'apiKeys.create':
    'Makes a key for a script or a scanner. Throws ALREADY_EXISTS when the name is taken, REFERENCE_NOT_FOUND (`warehouseIds`).',
  'apiKeys.revoke': 'Ends a key: its next call is refused. Doing it twice changes nothing.',
  'categories.create': 'Throws ALREADY_EXISTS when the parent has a child of this name.',
  'categories.update':
    'Changes what is given. Throws INVALID_PARENT, ALREADY_EXISTS, CHANGED_MEANWHILE.',
  'products.values': 'Which base units products have.',
  'products.findByCode':
    'What a scanner read: any spelling of a GTIN, an own code, or a SKU. Throws NOT_FOUND.',
  'products.resolveScan':
    'All that a scan says: EAN, UPC and GTIN-14, GS1-128, DataMatrix and QR, bracketed text, GS1 Digital Link, an own code, or a SKU. Throws SCAN_INVALID (`fault`, `ai`, `position` in the scan, `reason`) when any part of GS1 data is wrong, LOT_CONFLICT when the lot is known with another expiry, and NOT_FOUND with what was read in `detail`.',
  'products.create':
    'Throws ALREADY_EXISTS (`sku`, `code`) and REFERENCE_NOT_FOUND (`categoryId`, `supplierId`).',
  'products.update':
    'Changes what is given. A change of `tracking` is refused once the product has moved.',
  'products.archive': 'Takes it out of use; refused with IN_USE while some is on hand.',
  'locations.create':
    'Throws ALREADY_EXISTS (`code`), INVALID_PARENT, REFERENCE_NOT_FOUND (`parentId`).',
  'locations.update': 'Changes what is given. The kind never changes.',
  'locations.archive':
    'Takes it out of use; refused with IN_USE while it, or a place in it, holds stock or is in use.',
  'partners.values': 'Which countries partners are of.',
  'partners.create': 'Throws ALREADY_EXISTS when the kind has a partner of this code.',
  'partners.update': 'Changes what is given. A supplier never becomes a customer.',
  'lots.trace':
    'For a recall: where the lot is now, and page by page to whom it went. What was taken back went nowhere. For who is restricted to warehouses, a transfer from or to another one was received or shipped.',
  'lots.create':
    'Throws ALREADY_EXISTS (`code`), LOT_NOT_ALLOWED when the product is not tracked by lot.',
  'movements.post':
    'Posts one command: all its lines together, or none. The sums per product, location and lot are checked at the end of the command. Throws INSUFFICIENT_STOCK, INSUFFICIENT_STOCK_IN_PAST, ALREADY_REVERSED, NOT_REVERSIBLE, ARCHIVED, PERIOD_CLOSED and LOT_NOT_AVAILABLE (these are remembered: the same id stays refused), COMMAND_ID_REUSED, REFERENCE_NOT_FOUND, QUANTITY_NOT_WHOLE, LOT_REQUIRED, LOT_NOT_ALLOWED, LOCATION_HOLDS_NO_STOCK, OCCURRED_AT_IN_FUTURE, ADMIN_REQUIRED, OUTSIDE_WAREHOUSES with the line and the place; UNAVAILABLE, with `retryAfterSeconds`, when too many commands wait already; SIGN_IN_REQUIRED, with nothing posted, also when the caller was shut out while the command waited.',
  'movements.reverse':
    "Takes back movements, or a whole command that is named by `reversedCommandId`. What was shipped against a reservation is held by it again, unless it was given back or has expired meanwhile: then the goods are free. Throws as `post` does; OUTSIDE_WAREHOUSES unless all their places are in the caller's warehouses.",
  'stock.levels': 'What is on hand now.',
  'stock.history':
    'The movements of one product, with the change each made and what was on hand after it.',
  'stock.asOf': 'What was on hand at a moment: the sum of all that had happened by then.',
  'stock.closing': 'The closing in force. `null`: the book was never closed.',
  'stock.close':
    'Closes the book: what happened before the moment is posted no more (PERIOD_CLOSED), be it a movement, a count or a correction. An earlier moment than the one in force opens the book again.',
  'stock.explain':
    'Why available is what it is: `onHand` less all that stands beside it. Everything in base units.',
  'stock.suggestPick':
    "Which goods to take, the first to expire first: by last good day (lots without one at the end), then by when the lot first came, then by the picker's way. Takes nothing that is expired, on hold, recalled, too short-lived or held for others, and says so. Throws RESERVATION_EXPIRED, RESERVATION_CLOSED, RESERVATION_EXCEEDED, REFERENCE_NOT_FOUND, QUANTITY_NOT_WHOLE.",
  'stock.verify':
    'Proves for the whole book that each level, and each kept sum, is that of its movements. It reads all of it, for at most ten minutes: of millions of movements, wait longer than usual (`timeoutMs`).',
  'reservations.list': 'Newest first by default.',
  'reservations.get': 'One reservation with all that happened to it, oldest first.',
  'reservations.hold':
    'Sets goods aside. Nobody else can ship or move them out of the location from then on. Throws INSUFFICIENT_STOCK with what is available and what is held by others, LOT_NOT_AVAILABLE and ARCHIVED (these are remembered: the same id stays refused), REFERENCE_NOT_FOUND, LOT_NOT_ALLOWED, QUANTITY_NOT_WHOLE, OUTSIDE_WAREHOUSES, COMMAND_ID_REUSED.',
  'reservations.holdOrder':
    'Sets the goods of an order aside, each line by a reservation of its own, all lines or none. With `partial` each line gets what there is, the first line first: on hand 5, lines of 3 and 3 get 3 and 2, and 1 is short. Throws INSUFFICIENT_STOCK when a line cannot have all, or with `partial` when no line can have anything; its `shortages` tell it of lines that want the same together. Otherwise throws as `hold`.',
  'reservations.release':
    'Gives back what is still held, or some of it. What was given back or has expired is harmlessly given back again. Shipping against a reservation is an `outgoing` line of `movements.post` that names it; when that is taken back, the reservation holds the goods again, unless it was given back or has expired meanwhile. Throws RESERVATION_EXCEEDED when `quantity` is more than is open (remembered), NOT_FOUND, COMMAND_ID_REUSED.',
  'checks.list':
    'Newest first by default. Who is restricted to warehouses sees the checks of which all places are in them.',
  'checks.lines': 'The lines in the order in which a picker walks.',
  'checks.open':
    'Opens a check over all levels in the scope; an empty scope means everything. The goods go on moving: nothing is blocked. A value is reckoned by unit cost, else by list price; where neither is known, no limit of value applies. Throws REFERENCE_NOT_FOUND, INVALID_INPUT when the scope holds nothing.',
  'checks.count':
    'Says how much there was of a line. Counting again replaces the count and keeps the old one. What is expected are the goods at the moment of the count, whatever moves later. Throws WRONG_STATE when the check or the line is not to be counted, SEPARATION_OF_DUTIES in a recount by somebody who counted the line before, OCCURRED_AT_IN_FUTURE, COMMAND_ID_REUSED. No refusal is remembered. A repetition is answered with the line as it is by now.',
  'checks.addLine':
    'Adds a line for goods that nobody expected there, or gives the line that is there already. Throws WRONG_STATE, REFERENCE_NOT_FOUND, LOT_REQUIRED, LOT_NOT_ALLOWED, LOCATION_HOLDS_NO_STOCK, ARCHIVED, OUTSIDE_WAREHOUSES.',
  'checks.submit':
    'Ends a round: what is within the thresholds is accepted, what another person must count again opens the next round, and when nothing is left to count the check goes to review. Two counts outside the thresholds are for an administrator to decide. Throws COUNT_INCOMPLETE unless `skipUncounted`, WRONG_STATE, CHANGED_MEANWHILE.',
  'checks.recount':
    'Sends lines of a check in review back to be counted by somebody else. Throws REFERENCE_NOT_FOUND, WRONG_STATE, CHANGED_MEANWHILE.',
  'checks.approve':
    'Posts the variances of a check in review as adjustments, each dated at its count, once however often it is asked for: the same command again gets the same answer, another one WRONG_STATE. Throws SEPARATION_OF_DUTIES for who counted a line, CHANGED_MEANWHILE; INSUFFICIENT_STOCK and INSUFFICIENT_STOCK_IN_PAST when goods that were counted away have been shipped since, PERIOD_CLOSED when the book was closed over a count, ARCHIVED: then nothing is posted, and `recount` helps. No refusal is remembered.',
  'checks.cancel':
    'Ends a check that is not posted, without posting anything. Throws WRONG_STATE, CHANGED_MEANWHILE.',
  'checks.report':
    'How right the book was, over all and by location. Refused with WRONG_STATE before review.',
  'reports.lowStock':
    'Products in use at or below their reorder point, or their minimum where that is higher, with what to order: most urgent first. A point of zero asks for nothing unless there is a maximum to fill up to.',
  'reports.movementSummary':
    'What came and went by period and type of movement, of the goods and places asked for.',
  'reports.stockByCategory':
    'What the goods on hand are worth, by category: the topmost ones, or those directly inside one. Operators are not told the value: they get the number of products, in its order.',
  'reports.slowMovers': 'Products on hand that went out least: longest unmoved first.',
  'reports.abc':
    'Products by how much of the turnover they make: A up to 80 % of it, B up to 95 %, C the rest. The one that makes most is A in any case. What was taken back does not count.',
  'reports.applyAbc': 'Gives products the classes that the report finds.',
  'reports.expiringLots': 'Lots on hand that expire, soonest first.',
  'attachments.list':
    'The files of a row, oldest first. Those that were removed are not among them.',
  'attachments.add':
    'Adds a file to a row. PNG, JPEG, WebP, PDF and CSV are taken, at most 5 MiB each, 50 a row, and of one user 200 MiB within an hour. Throws FILE_NOT_ACCEPTED when it is something else, or when its name does not end as its bytes say, PAYLOAD_TOO_LARGE, TOO_MANY_ATTACHMENTS, TOO_MANY_ATTEMPTS with `retryAfterSeconds`, REFERENCE_NOT_FOUND, ARCHIVED, and COMMAND_ID_REUSED when the id has brought another file.',
  'attachments.content': 'A file with its bytes. Throws NOT_FOUND, also when it was removed.',
  'attachments.remove':
    'Takes the bytes away for good. The audit log keeps what it was. Again: changes nothing.',
  'audit.list': 'Who changed what.',
  'audit.follow':
    'For a program that keeps up with changes: the entries behind a place in the chain, in its order. The ids of `list` are given before a change is committed, so one may turn up behind a greater one that was read already; a link is given afterwards, about a second later, and none turns up before another. (Where ten thousand others came in between, `verify` links it.) Throws INVALID_CURSOR when the chain does not have that place, as after the restore of an older backup: begin anew.',
  'audit.verify': 'Goes through the chain of hashes: was a row altered, moved or taken out?',
  'jobs.list':
    'What the servers do by the clock, and how it goes. All servers on one database share the work.',
  'migrations.list':
    "What the database is made of, oldest first. They are applied by the maintainer's commands alone.",
  'auth.signIn.input.password': 'What somebody types, to be compared: as long as it may ever be.',
  'auth.signIn.input.code':
    'Of the authenticator app, or a recovery code. Only users who set one up are asked for it.',
  'auth.signIn.input.keep':
    "Who keeps the refresh token. `caller`: it is in the answer. `cookie`: a browser on the server's own origin, in a cookie that no script can read. Default `caller`.",
  'auth.signIn.output.accessToken': 'A JWT for the header `authorization: Bearer …`.',
  'auth.signIn.output.expiresAt':
    'When the access token ends. Get another one with `auth.refresh` before.',
  'auth.signIn.output.refreshToken':
    'Good for one `auth.refresh`. `null` when the browser keeps it in a cookie.',
  'auth.signIn.output.user.id': 'The id of a row.',
  'auth.signIn.output.user.kind':
    '`person`: signs in with a password. `service`: comes with an API key.',
  'auth.signIn.output.user.warehouseIds':
    'The warehouses that the user is restricted to: everywhere else there is nothing to see, and nothing to do. `null`: works in all. An administrator is never restricted.',
  'auth.signIn.output.user.mustChangePassword':
    'Somebody else chose the password: until it is changed, nothing else may be done.',
  'auth.signIn.output.user.secondFactorSince':
    "Since when a sign-in wants a code of the user's authenticator app, too. `null`: it does not.",
  'auth.signIn.output.user.disabledAt': 'Set while the user may not sign in.',
  'auth.signIn.output.user.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'auth.signIn.output.user.updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'auth.signIn.output.user.version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'auth.refresh.input.refreshToken': 'Absent: it comes in the cookie.',
  'auth.signOutEverywhere.output.ended': 'How many were open.',
  'auth.changePassword.input.currentPassword':
    'What somebody types, to be compared: as long as it may ever be.',
  'secondFactor.status.output.since': '`null`: it does not.',
  'secondFactor.status.output.recoveryCodes': 'How many recovery codes are left.',
  'secondFactor.begin.input.password':
    'What somebody types, to be compared: as long as it may ever be.',
  'secondFactor.begin.output.secret':
    'Base32 (RFC 6238, SHA-1, six digits, 30 seconds), for apps that cannot see a QR code.',
  'secondFactor.begin.output.uri': '`otpauth://totp/…`, for the QR code.',
  'secondFactor.confirm.input.code':
    'The six digits that an authenticator app shows, or one of the recovery codes.',
  'secondFactor.remove.input.password':
    'What somebody types, to be compared: as long as it may ever be.',
  'secondFactor.remove.input.code':
    'The six digits that an authenticator app shows, or one of the recovery codes.',
  'sessions.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'sessions.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'sessions.list.input.sort': 'The order. Default: the first of the choices.',
  'sessions.list.input.direction': 'Which way. Default `ascending`.',
  'sessions.list.input.userId':
    'Of this user. Default: the caller. Throws ADMIN_REQUIRED for another when the caller is none.',
  'sessions.list.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'sessions.list.input.where.userAgent.equals':
    'This very text. Case matters, except in SKUs, codes of locations and user names.',
  'sessions.list.input.where.userAgent.contains':
    'Holds it anywhere; case does not matter, and no character stands for others.',
  'sessions.list.input.where.userAgent.startsWith': 'Begins with it; case does not matter.',
  'sessions.list.input.where.userAgent.endsWith': 'Ends with it; case does not matter.',
  'sessions.list.input.where.userAgent.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'sessions.list.input.where.createdAt.equals': 'This very value.',
  'sessions.list.input.where.createdAt.atLeast': 'This or greater; of times: then or later.',
  'sessions.list.input.where.createdAt.lessThan': 'Less; of times: before.',
  'sessions.list.input.where.createdAt.atMost': 'This or less; of times: then or before.',
  'sessions.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'sessions.list.output.items.[].id': 'The id of a row.',
  'sessions.list.output.items.[].userId': 'The id of a row.',
  'sessions.list.output.items.[].isCurrent': 'It is the one of this call.',
  'sessions.list.output.items.[].userAgent': 'The program that signed in, as it names itself.',
  'sessions.list.output.items.[].address': 'The network address that it signed in from.',
  'sessions.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'sessions.list.output.items.[].lastUsedAt': 'To the minute.',
  'sessions.list.output.items.[].expiresAt': 'Whatever happens, it ends here.',
  'sessions.end.input.id': 'The id of a row.',
  'sessions.end.output.id': 'The id of a row.',
  'users.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'users.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'users.list.input.sort': 'The order. Default: the first of the choices.',
  'users.list.input.direction': 'Which way. Default `ascending`.',
  'users.list.input.search':
    'Words to find, each anywhere in the fields that the list searches; case does not matter.',
  'users.list.input.disabled': 'Default: both.',
  'users.list.input.where': 'What the fields of a row must be like; all that is given must hold.',
  'users.list.input.where.warehouseIds': 'Of fields that hold several ids, or none.',
  'users.list.input.where.username.equals':
    'This very text. Case matters, except in SKUs, codes of locations and user names.',
  'users.list.input.where.username.contains':
    'Holds it anywhere; case does not matter, and no character stands for others.',
  'users.list.input.where.username.startsWith': 'Begins with it; case does not matter.',
  'users.list.input.where.username.endsWith': 'Ends with it; case does not matter.',
  'users.list.input.where.role.oneOf': 'Is one of these.',
  'users.list.input.where.kind.oneOf': 'Is one of these.',
  'users.list.input.where.warehouseIds.includes': 'This row is among them.',
  'users.list.input.where.warehouseIds.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'users.list.input.where.mustChangePassword.equals': 'Is so (`true`), or is not (`false`).',
  'users.list.input.where.secondFactorSince.equals': 'This very value.',
  'users.list.input.where.secondFactorSince.atLeast': 'This or greater; of times: then or later.',
  'users.list.input.where.secondFactorSince.lessThan': 'Less; of times: before.',
  'users.list.input.where.secondFactorSince.atMost': 'This or less; of times: then or before.',
  'users.list.input.where.secondFactorSince.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'users.list.input.where.version.equals': 'This very value.',
  'users.list.input.where.version.atLeast': 'This or greater; of times: then or later.',
  'users.list.input.where.version.lessThan': 'Less; of times: before.',
  'users.list.input.where.version.atMost': 'This or less; of times: then or before.',
  'users.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'users.create.input.username': 'What is typed at sign-in; case does not matter.',
  'users.create.input.displayName': 'Default: the user name.',
  'users.create.input.warehouseIds': "Only these warehouses are the user's. Default `null`: all.",
  'users.create.input.mustChangePassword':
    'The user must choose another password at the first sign-in. Default `false`.',
  'users.update.input.id': 'The id of a row.',
  'users.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'users.update.input.displayName': 'A line of text: no control characters, no space at its ends.',
  'users.update.input.warehouseIds': 'Instead of those before.',
  'users.disable.input.id': 'The id of a row.',
  'users.disable.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'users.resetPassword.input.id': 'The id of a row.',
  'apiKeys.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'apiKeys.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'apiKeys.list.input.sort': 'The order. Default: the first of the choices.',
  'apiKeys.list.input.direction': 'Which way. Default `ascending`.',
  'apiKeys.list.input.includeEnded':
    'Also those that are revoked or have expired. Default `false`.',
  'apiKeys.list.input.where': 'What the fields of a row must be like; all that is given must hold.',
  'apiKeys.list.input.where.warehouseIds': 'Of fields that hold several ids, or none.',
  'apiKeys.list.input.where.role.oneOf': 'Is one of these.',
  'apiKeys.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'apiKeys.list.output.items.[].id': 'The id of a row.',
  'apiKeys.list.output.items.[].userId':
    'The service user that it acts as: its movements and changes are under this id.',
  'apiKeys.list.output.items.[].warehouseIds':
    'The warehouses that it is restricted to. `null`: all are open to it.',
  'apiKeys.list.output.items.[].hint': 'The last characters of the key, to tell it from others.',
  'apiKeys.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'apiKeys.list.output.items.[].expiresAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'apiKeys.list.output.items.[].lastUsedAt': 'To the minute. `null`: never.',
  'apiKeys.list.output.items.[].revokedAt': 'Set when it was revoked.',
  'apiKeys.create.input.name': 'What it is for; also the name under which its work is recorded.',
  'apiKeys.create.input.warehouseIds':
    'Only these warehouses are open to it. Default `null`: all. `users.update` changes it.',
  'apiKeys.create.input.expiresAt': 'At most 366 days ahead. Default: 90 days from now.',
  'apiKeys.create.output.id': 'The id of a row.',
  'apiKeys.create.output.userId':
    'The service user that it acts as: its movements and changes are under this id.',
  'apiKeys.create.output.warehouseIds':
    'The warehouses that it is restricted to. `null`: all are open to it.',
  'apiKeys.create.output.hint': 'The last characters of the key, to tell it from others.',
  'apiKeys.create.output.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'apiKeys.create.output.expiresAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'apiKeys.create.output.lastUsedAt': 'To the minute. `null`: never.',
  'apiKeys.create.output.revokedAt': 'Set when it was revoked.',
  'apiKeys.create.output.key': 'The key itself, `sbk_…`. It is shown this once and kept nowhere.',
  'categories.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'categories.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'categories.list.input.sort': 'The order. Default: the first of the choices.',
  'categories.list.input.direction': 'Which way. Default `ascending`.',
  'categories.list.input.search':
    'Words to find, each anywhere in the fields that the list searches; case does not matter.',
  'categories.list.input.archived':
    'Default `false`: only rows in use. `true`: only archived ones. `all`: both.',
  'categories.list.input.parentId': 'Only the children of this one; `null`: only the top.',
  'categories.list.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'categories.list.input.where.parentId.equals': 'This row.',
  'categories.list.input.where.parentId.startsWith': 'Begins with it.',
  'categories.list.input.where.parentId.contains': 'Holds it anywhere.',
  'categories.list.input.where.parentId.within': 'This row of the tree, or one below it.',
  'categories.list.input.where.parentId.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'categories.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'categories.list.output.items.[].id': 'The id of a row.',
  'categories.list.output.items.[].parentId': '`null`: at the top of the tree.',
  'categories.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'categories.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'categories.list.output.items.[].archivedAt': 'Set when the row is out of use.',
  'categories.list.output.items.[].version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'categories.create.input.name': 'A line of text: no control characters, no space at its ends.',
  'categories.update.input.id': 'The id of a row.',
  'categories.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'categories.update.input.parentId': 'The id of a row.',
  'categories.update.input.name': 'A line of text: no control characters, no space at its ends.',
  'categories.archive.input.id': 'The id of a row.',
  'categories.archive.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'products.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'products.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'products.list.input.sort': 'The order. Default: the first of the choices.',
  'products.list.input.direction': 'Which way. Default `ascending`.',
  'products.list.input.search': 'Words found in name or SKU.',
  'products.list.input.archived':
    'Default `false`: only rows in use. `true`: only archived ones. `all`: both.',
  'products.list.input.categoryId': 'Of this category or one below it.',
  'products.list.input.supplierId': 'The id of a row.',
  'products.list.input.hasCategory':
    'Only those that have one (`true`), or that have none (`false`). Default: both.',
  'products.list.input.abcClass': 'How much of the turnover a product makes: `A` most, `C` least.',
  'products.list.input.where':
    'What the fields of a row must be like; all that is given must hold. Texts of SKU and name, ids, `baseUnit`, `tracking`, `abcClass` and `createdAt` are looked up; any other field reads products in the order of the list until the page is full. Throws FIELD_FORBIDDEN for a field that the caller is not told.',
  'products.list.input.where.supplierId.equals': 'This row.',
  'products.list.input.where.supplierId.startsWith': 'Begins with it.',
  'products.list.input.where.supplierId.contains': 'Holds it anywhere.',
  'products.list.input.where.supplierId.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'products.list.input.where.baseUnit.equals':
    'This very text. Case matters, except in SKUs, codes of locations and user names.',
  'products.list.input.where.baseUnit.contains':
    'Holds it anywhere; case does not matter, and no character stands for others.',
  'products.list.input.where.baseUnit.startsWith': 'Begins with it; case does not matter.',
  'products.list.input.where.baseUnit.endsWith': 'Ends with it; case does not matter.',
  'products.list.input.where.baseUnit.oneOf': 'Is one of these, in this very spelling.',
  'products.list.input.where.tracking.oneOf': 'Is one of these.',
  'products.list.input.where.reorderPoint.equals': 'This very value.',
  'products.list.input.where.reorderPoint.atLeast': 'This or greater; of times: then or later.',
  'products.list.input.where.reorderPoint.lessThan': 'Less; of times: before.',
  'products.list.input.where.reorderPoint.atMost': 'This or less; of times: then or before.',
  'products.list.input.where.reorderPoint.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'products.list.input.where.abcClass.oneOf': 'Is one of these.',
  'products.list.input.where.abcClass.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'products.list.input.where.unitPrice.equals': 'This very value.',
  'products.list.input.where.unitPrice.atLeast': 'This or greater; of times: then or later.',
  'products.list.input.where.unitPrice.lessThan': 'Less; of times: before.',
  'products.list.input.where.unitPrice.atMost': 'This or less; of times: then or before.',
  'products.list.input.where.unitPrice.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'products.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'products.list.output.items.[].id': 'The id of a row.',
  'products.list.output.items.[].sku': "Stock keeping unit: the product's own short code.",
  'products.list.output.items.[].categoryId': 'The id of a row.',
  'products.list.output.items.[].supplierId': 'Whom we usually buy it from.',
  'products.list.output.items.[].baseUnit':
    'The smallest countable unit, for instance `piece`. All quantities count these.',
  'products.list.output.items.[].tracking': '`lot`: every movement of it names a lot.',
  'products.list.output.items.[].reorderPoint':
    'On hand at or below this many base units, it is time to order. `null`: never.',
  'products.list.output.items.[].minimumStock':
    'Never to fall below, base units; counts as the reorder point where that is lower. `null`: none.',
  'products.list.output.items.[].maximumStock':
    'An order fills up to here, base units. `null`: twice the reorder point.',
  'products.list.output.items.[].abcClass': '`null`: not classified.',
  'products.list.output.items.[].minimumShelfLifeDays':
    'A lot with fewer good days left is not offered for picking. `null`: any is.',
  'products.list.output.items.[].unitPrice': 'List price of one base unit, a decimal string.',
  'products.list.output.items.[].unitCost':
    'What one base unit costs us, a decimal string: values stock and variances. `null`: the list price does. Absent for operators.',
  'products.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'products.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'products.list.output.items.[].archivedAt': 'Set when the row is out of use.',
  'products.list.output.items.[].version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'products.list.output.items.[].packagings.[].id': 'The id of a row.',
  'products.list.output.items.[].packagings.[].name': 'For instance `case`.',
  'products.list.output.items.[].packagings.[].factor': 'Base units in one packaging.',
  'products.list.output.items.[].packagings.[].archivedAt': 'Set when the packaging is out of use.',
  'products.values.input.contains': 'Only values that hold it anywhere; case does not matter.',
  'products.values.input.limit': 'At most this many values. Default 50, at most 200.',
  'products.values.output.values': 'Each once, in order.',
  'products.values.output.isComplete':
    'Whether these are all that there are. Otherwise `contains` finds others, among the first thousand values in order.',
  'products.findByCode.input.code': 'A short code, as on a label: no spaces.',
  'products.findByCode.output.packaging':
    'The packaging that carries the code. `null`: one base unit.',
  'products.resolveScan.input.scan':
    'As the scanner sent it, with its symbology identifier if it has one.',
  'products.resolveScan.output.kind':
    '`data`: GS1 data that names no product, for instance the number of a pallet.',
  'products.resolveScan.output.gtin':
    'Fourteen digits. `null`: a SKU, an own code, or data of something else was scanned.',
  'products.resolveScan.output.packaging':
    'The packaging that carries the code. `null`: one base unit.',
  'products.resolveScan.output.lot': 'The lot, when the product has one of this code.',
  'products.resolveScan.output.lotCode': 'As scanned, whether the lot is known or not.',
  'products.resolveScan.output.expiresOn': 'The last good day as scanned, `YYYY-MM-DD`.',
  'products.resolveScan.output.quantity':
    'Base units, from a count of packagings or from a net weight or volume. `null`: the scan says none, or none that is a whole number of base units.',
  'products.resolveScan.output.elements': 'All GS1 data in its order.',
  'products.resolveScan.output.lot.id': 'The id of a row.',
  'products.resolveScan.output.lot.productId': 'The id of a row.',
  'products.resolveScan.output.lot.code': 'As printed on the goods. Unique within its product.',
  'products.resolveScan.output.lot.expiresOn':
    'The last good day, `YYYY-MM-DD`. `null`: it does not expire.',
  'products.resolveScan.output.lot.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'products.resolveScan.output.lot.updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'products.resolveScan.output.lot.archivedAt': 'Set when the row is out of use.',
  'products.resolveScan.output.lot.version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'products.resolveScan.output.elements.[].ai': 'The application identifier, for instance `10`.',
  'products.resolveScan.output.elements.[].title':
    "GS1's short name of it, for instance `BATCH/LOT`.",
  'products.resolveScan.output.elements.[].value': 'As scanned; a GTIN always in fourteen digits.',
  'products.create.input.sku': 'Unique; case does not matter.',
  'products.create.input.name': 'A line of text: no control characters, no space at its ends.',
  'products.create.input.baseUnit': 'A line of text: no control characters, no space at its ends.',
  'products.create.input.reorderPoint':
    'On hand at or below this many base units, it is time to order.',
  'products.create.input.minimumStock': 'Base units never to fall below.',
  'products.create.input.maximumStock':
    'Base units that an order fills up to; at least `minimumStock`.',
  'products.create.input.minimumShelfLifeDays':
    'Days. A lot with fewer good days left is not offered for picking.',
  'products.create.input.unitCost': 'For administrators: FIELD_FORBIDDEN for anybody else.',
  'products.create.input.packagings':
    'All packagings in use. One that is left out is archived; its past stays.',
  'products.create.input.codes': 'All codes. One that is left out is forgotten.',
  'products.create.input.packagings.[].name':
    'A line of text: no control characters, no space at its ends.',
  'products.create.input.packagings.[].factor': 'Base units in one packaging: 2 to 1,000,000,000.',
  'products.create.input.codes.[].code': 'As printed.',
  'products.create.input.codes.[].packaging':
    'Name of the packaging that carries it. Default `null`: one base unit.',
  'products.update.input.id': 'The id of a row.',
  'products.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'products.update.input.sku': 'Unique; case does not matter.',
  'products.update.input.name': 'A line of text: no control characters, no space at its ends.',
  'products.update.input.description': 'Text of several lines.',
  'products.update.input.categoryId': 'The id of a row.',
  'products.update.input.supplierId': 'The id of a row.',
  'products.update.input.baseUnit': 'A line of text: no control characters, no space at its ends.',
  'products.update.input.reorderPoint':
    'On hand at or below this many base units, it is time to order.',
  'products.update.input.minimumStock': 'Base units never to fall below.',
  'products.update.input.maximumStock':
    'Base units that an order fills up to; at least `minimumStock`.',
  'products.update.input.abcClass':
    'How much of the turnover a product makes: `A` most, `C` least.',
  'products.update.input.minimumShelfLifeDays':
    'Days. A lot with fewer good days left is not offered for picking.',
  'products.update.input.unitPrice':
    'Money as a decimal string with up to four places: never a float.',
  'products.update.input.unitCost': 'For administrators: FIELD_FORBIDDEN for anybody else.',
  'products.update.input.packagings':
    'All packagings in use. One that is left out is archived; its past stays.',
  'products.update.input.codes': 'All codes. One that is left out is forgotten.',
  'locations.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'locations.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'locations.list.input.sort': 'The order. Default: the first of the choices.',
  'locations.list.input.direction': 'Which way. Default `ascending`.',
  'locations.list.input.search': 'Words found in code or name.',
  'locations.list.input.archived':
    'Default `false`: only rows in use. `true`: only archived ones. `all`: both.',
  'locations.list.input.parentId': 'Only the children of this one; `null`: only warehouses.',
  'locations.list.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'locations.list.input.where.kind.oneOf': 'Is one of these.',
  'locations.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'locations.list.output.items.[].id': 'The id of a row.',
  'locations.list.output.items.[].parentId': '`null` for a warehouse, and only for one.',
  'locations.list.output.items.[].kind':
    'Warehouses stand at the top, zones inside them, bins at the leaves. Only bins hold stock.',
  'locations.list.output.items.[].code': 'What the label on the shelf says.',
  'locations.list.output.items.[].pickSequence':
    'Where a picker comes by earlier stands before: ascending. `null`: last.',
  'locations.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'locations.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'locations.list.output.items.[].archivedAt': 'Set when the row is out of use.',
  'locations.list.output.items.[].version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'locations.create.input.code': 'A short code, as on a label: no spaces.',
  'locations.create.input.name': 'A line of text: no control characters, no space at its ends.',
  'locations.create.input.pickSequence': 'Ascending: where a picker comes by earlier.',
  'locations.create.input.parentId':
    'Where it stands: a warehouse or a zone. Absent for a warehouse, and only for one.',
  'locations.update.input.id': 'The id of a row.',
  'locations.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'locations.update.input.code': 'A short code, as on a label: no spaces.',
  'locations.update.input.name': 'A line of text: no control characters, no space at its ends.',
  'locations.update.input.pickSequence': 'Ascending: where a picker comes by earlier.',
  'locations.update.input.parentId': 'The id of a row.',
  'partners.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'partners.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'partners.list.input.sort': 'The order. Default: the first of the choices.',
  'partners.list.input.direction': 'Which way. Default `ascending`.',
  'partners.list.input.search': 'Words found in name or code.',
  'partners.list.input.archived':
    'Default `false`: only rows in use. `true`: only archived ones. `all`: both.',
  'partners.list.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'partners.list.input.where.kind.oneOf': 'Is one of these.',
  'partners.list.input.where.country.equals':
    'This very text. Case matters, except in SKUs, codes of locations and user names.',
  'partners.list.input.where.country.contains':
    'Holds it anywhere; case does not matter, and no character stands for others.',
  'partners.list.input.where.country.startsWith': 'Begins with it; case does not matter.',
  'partners.list.input.where.country.endsWith': 'Ends with it; case does not matter.',
  'partners.list.input.where.country.oneOf': 'Is one of these, in this very spelling.',
  'partners.list.input.where.country.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'partners.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'partners.list.output.items.[].id': 'The id of a row.',
  'partners.list.output.items.[].code':
    'The short name used on paper and in other systems. Unique among suppliers, and among customers.',
  'partners.list.output.items.[].minimumShelfLifeDays':
    'Days. A customer takes no lot with fewer good days left. `null`: any.',
  'partners.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'partners.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'partners.list.output.items.[].archivedAt': 'Set when the row is out of use.',
  'partners.list.output.items.[].version':
    "Grows by one with every change; give it back as `expectedVersion` to learn of others' changes.",
  'partners.values.input.contains': 'Only values that hold it anywhere; case does not matter.',
  'partners.values.input.limit': 'At most this many values. Default 50, at most 200.',
  'partners.create.input.code': 'A short code, as on a label: no spaces.',
  'partners.create.input.name': 'A line of text: no control characters, no space at its ends.',
  'partners.create.input.minimumShelfLifeDays':
    'Days. A customer takes no lot with fewer good days left.',
  'partners.update.input.id': 'The id of a row.',
  'partners.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'partners.update.input.code': 'A short code, as on a label: no spaces.',
  'partners.update.input.name': 'A line of text: no control characters, no space at its ends.',
  'partners.update.input.contactName':
    'A line of text: no control characters, no space at its ends.',
  'partners.update.input.phone': 'A line of text: no control characters, no space at its ends.',
  'partners.update.input.address': 'Text of several lines.',
  'partners.update.input.country': 'A line of text: no control characters, no space at its ends.',
  'partners.update.input.minimumShelfLifeDays':
    'Days. A customer takes no lot with fewer good days left.',
  'lots.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'lots.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'lots.list.input.sort': 'The order. Default: the first of the choices.',
  'lots.list.input.direction': 'Which way. Default `ascending`.',
  'lots.list.input.search': 'Words found in the code.',
  'lots.list.input.archived':
    'Default `false`: only rows in use. `true`: only archived ones. `all`: both.',
  'lots.list.input.productId': 'The id of a row.',
  'lots.list.input.statuses': 'In any of these states.',
  'lots.list.input.expiresUntil': 'Last good day on or before this one, `YYYY-MM-DD`.',
  'lots.list.input.where': 'What the fields of a row must be like; all that is given must hold.',
  'lots.list.input.where.productId.equals': 'This row.',
  'lots.list.input.where.productId.startsWith': 'Begins with it.',
  'lots.list.input.where.productId.contains': 'Holds it anywhere.',
  'lots.list.input.where.expiresOn.equals': 'This very value.',
  'lots.list.input.where.expiresOn.atLeast': 'This or greater; of times: then or later.',
  'lots.list.input.where.expiresOn.lessThan': 'Less; of times: before.',
  'lots.list.input.where.expiresOn.atMost': 'This or less; of times: then or before.',
  'lots.list.input.where.expiresOn.isNull':
    'Only rows that have no value (`true`), or that have one (`false`).',
  'lots.list.input.where.status.oneOf': 'Is one of these.',
  'lots.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'lots.trace.input.id': 'The id of a row.',
  'lots.trace.input.limit': 'At most this many items. Default 50, at most 200.',
  'lots.trace.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'lots.trace.input.sort': 'The order. Default: the first of the choices.',
  'lots.trace.input.direction': 'Which way. Default `ascending`.',
  'lots.trace.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'lots.trace.output.received': 'Base units that ever came in, less what was taken back.',
  'lots.trace.output.shipped': 'Base units that ever went out, less what was taken back.',
  'lots.trace.output.adjusted': 'Base units found, less those lost.',
  'lots.trace.output.onHand': 'Base units on hand now: `received` less `shipped`, plus `adjusted`.',
  'lots.trace.output.levels': 'Where they lie: two hundred places at most.',
  'lots.trace.output.items.[].commandId': 'The id of a row.',
  'lots.trace.output.items.[].fromLocationId': 'The id of a row.',
  'lots.trace.output.items.[].quantity': 'Base units.',
  'lots.trace.output.items.[].occurredAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'lots.trace.output.items.[].partnerId': '`null`: nobody was named.',
  'lots.trace.output.items.[].contactName': 'Whom to call, and how.',
  'lots.trace.output.levels.[].locationId': 'The id of a row.',
  'lots.create.input.productId': 'The id of a row.',
  'lots.create.input.code': 'A short code, as on a label: no spaces.',
  'lots.update.input.id': 'The id of a row.',
  'lots.update.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'lots.update.input.code': 'A short code, as on a label: no spaces.',
  'lots.update.input.expiresOn': 'A day without a time, `YYYY-MM-DD`, of the years 1 to 9999.',
  'movements.post.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'movements.post.input.occurredAt':
    'When it happened. Default: now. May lie in the past, not in the future.',
  'movements.post.input.partnerId': 'From whom or to whom.',
  'movements.post.input.reference': 'A number on paper or in another system.',
  'movements.post.input.note': 'Text of several lines.',
  'movements.post.input.deviceId': 'Which scanner or phone it comes from, as that calls itself.',
  'movements.post.input.wasCounted':
    'For a command dated before a posted inventory check of the same goods: whether that count saw what it did. `true`: it did, so an adjustment linked to the movement keeps the counted figure. `false`: it did not, and the figure since then changes by the movement.',
  'movements.post.input.lines.[].|0.productId': 'The id of a row.',
  'movements.post.input.lines.[].|0.lotId':
    'Needed when the product is tracked by lot, refused otherwise.',
  'movements.post.input.lines.[].|0.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'movements.post.input.lines.[].|0.packagingId': 'Absent: `quantity` counts base units.',
  'movements.post.input.lines.[].|0.toLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|1.productId': 'The id of a row.',
  'movements.post.input.lines.[].|1.lotId':
    'Needed when the product is tracked by lot, refused otherwise.',
  'movements.post.input.lines.[].|1.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'movements.post.input.lines.[].|1.packagingId': 'Absent: `quantity` counts base units.',
  'movements.post.input.lines.[].|1.fromLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|1.reservationId': 'Ships what this reservation holds.',
  'movements.post.input.lines.[].|1.allowUnavailableLot':
    'Ship it although its lot is expired, on hold or recalled. Only an administrator may, and must give a `reason`.',
  'movements.post.input.lines.[].|2.productId': 'The id of a row.',
  'movements.post.input.lines.[].|2.lotId':
    'Needed when the product is tracked by lot, refused otherwise.',
  'movements.post.input.lines.[].|2.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'movements.post.input.lines.[].|2.packagingId': 'Absent: `quantity` counts base units.',
  'movements.post.input.lines.[].|2.fromLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|2.toLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|3.productId': 'The id of a row.',
  'movements.post.input.lines.[].|3.lotId':
    'Needed when the product is tracked by lot, refused otherwise.',
  'movements.post.input.lines.[].|3.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'movements.post.input.lines.[].|3.packagingId': 'Absent: `quantity` counts base units.',
  'movements.post.input.lines.[].|3.fromLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|3.toLocationId': 'The id of a row.',
  'movements.post.input.lines.[].|4.movementId': 'The position of a movement in the book.',
  'movements.post.output.commandId': 'The id of a row.',
  'movements.post.output.replayed':
    'True when the command was posted by an earlier call and this is its first answer again.',
  'movements.post.output.occurredAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'movements.post.output.recordedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'movements.post.output.movements':
    'One for each line, in the order of the lines; then those that compensate for a line.',
  'movements.post.output.movements.[].id': 'The position of a movement in the book.',
  'movements.post.output.movements.[].productId': 'The id of a row.',
  'movements.post.output.movements.[].lotId': 'The id of a row.',
  'movements.post.output.movements.[].fromLocationId': 'The id of a row.',
  'movements.post.output.movements.[].toLocationId': 'The id of a row.',
  'movements.post.output.movements.[].quantity': 'Base units.',
  'movements.post.output.movements.[].reversesId': 'The position of a movement in the book.',
  'movements.post.output.movements.[].reservationId': 'The id of a row.',
  'movements.post.output.movements.[].compensatesId': 'The position of a movement in the book.',
  'movements.reverse.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'movements.reverse.input.occurredAt':
    'When it happened. Default: now. May lie in the past, not in the future.',
  'movements.reverse.input.partnerId': 'From whom or to whom.',
  'movements.reverse.input.reference': 'A number on paper or in another system.',
  'movements.reverse.input.note': 'Text of several lines.',
  'movements.reverse.input.deviceId': 'Which scanner or phone it comes from, as that calls itself.',
  'movements.reverse.input.wasCounted':
    'For a command dated before a posted inventory check of the same goods: whether that count saw what it did. `true`: it did, so an adjustment linked to the movement keeps the counted figure. `false`: it did not, and the figure since then changes by the movement.',
  'movements.reverse.input.reversedCommandId': 'The id of a row.',
  'movements.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'movements.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'movements.list.input.sort': 'The order. Default: the first of the choices.',
  'movements.list.input.direction': 'Newest first by default.',
  'movements.list.input.productId': 'The id of a row.',
  'movements.list.input.lotId': 'The id of a row.',
  'movements.list.input.locationId': 'At this location or a place in it, on either side.',
  'movements.list.input.commandId': 'The id of a row.',
  'movements.list.input.partnerId': 'The id of a row.',
  'movements.list.input.actorId': 'The id of a row.',
  'movements.list.input.reference': 'A line of text: no control characters, no space at its ends.',
  'movements.list.input.types': 'Of any of these types.',
  'movements.list.input.occurredFrom': 'Happened at or after.',
  'movements.list.input.occurredBefore': 'Happened before.',
  'movements.list.input.where':
    'What the fields of a row must be like; all that is given must hold. The book may be long: `id`, `occurredAt` and whole ids are looked up, and so are `sku`, `productName` and a whole `reference`; any other field reads the book from the end at which the list begins until the page is full.',
  'movements.list.input.where.type.oneOf': 'Is one of these.',
  'movements.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'movements.list.output.items.[].id': 'The position of a movement in the book.',
  'movements.list.output.items.[].commandId': 'The id of a row.',
  'movements.list.output.items.[].line': 'Which line of its command this is, from 0.',
  'movements.list.output.items.[].productId': 'The id of a row.',
  'movements.list.output.items.[].lotId': 'The id of a row.',
  'movements.list.output.items.[].fromLocationId':
    '`null`: from outside of the house, or of the warehouses that the caller is restricted to.',
  'movements.list.output.items.[].toLocationId': '`null`: to outside of them.',
  'movements.list.output.items.[].quantity': 'Base units.',
  'movements.list.output.items.[].packagingId': 'The id of a row.',
  'movements.list.output.items.[].packagingQuantity':
    'How many packagings, as a decimal string. `null`: it was counted in base units.',
  'movements.list.output.items.[].reversesId': 'The movement that this one takes back.',
  'movements.list.output.items.[].reversedById': 'The movement that takes this one back.',
  'movements.list.output.items.[].reservationId':
    'The reservation that it shipped from. A reversal names none: the movement that it takes back does.',
  'movements.list.output.items.[].checkLineId':
    'The line of an inventory check whose count it carries into the book.',
  'movements.list.output.items.[].compensatesId':
    'The movement whose effect on an inventory check posted before it is undone by this one.',
  'movements.list.output.items.[].actorId': 'The id of a row.',
  'movements.list.output.items.[].deviceId':
    'Which scanner or phone it came from, as that calls itself.',
  'movements.list.output.items.[].partnerId': 'The id of a row.',
  'movements.list.output.items.[].occurredAt': 'When it happened.',
  'movements.list.output.items.[].recordedAt': 'When the book learned of it.',
  'movements.get.input.id': 'The position of a movement in the book.',
  'stock.levels.input.limit': 'At most this many items. Default 50, at most 200.',
  'stock.levels.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'stock.levels.input.sort': 'The order. Default: the first of the choices.',
  'stock.levels.input.direction': 'Which way. Default `ascending`.',
  'stock.levels.input.productId': 'The id of a row.',
  'stock.levels.input.locationId': 'At this location or a place in it.',
  'stock.levels.input.lotId': 'The id of a row.',
  'stock.levels.input.categoryId': 'Of this category or one below it.',
  'stock.levels.input.search': "Words found in the product's name or SKU.",
  'stock.levels.input.includeZero': 'Also levels that have come to zero. Default `false`.',
  'stock.levels.input.where':
    'What the fields of a row must be like; all that is given must hold. Whole ids, and texts of SKU and product name, are looked up; any other field reads levels in the order of the list until the page is full.',
  'stock.levels.input.where.locationId.equals': 'This row.',
  'stock.levels.input.where.locationId.startsWith': 'Begins with it.',
  'stock.levels.input.where.locationId.contains': 'Holds it anywhere.',
  'stock.levels.input.where.locationId.within': 'This row of the tree, or one below it.',
  'stock.levels.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'stock.levels.output.items.[].productId': 'The id of a row.',
  'stock.levels.output.items.[].locationId': 'The id of a row.',
  'stock.levels.output.items.[].lotId': 'The id of a row.',
  'stock.levels.output.items.[].onHand': 'Base units.',
  'stock.history.input.limit': 'At most this many items. Default 50, at most 200.',
  'stock.history.input.productId': 'The id of a row.',
  'stock.history.input.locationId': 'At this location or a place in it. Absent: everywhere.',
  'stock.history.input.lotId': 'The id of a row.',
  'stock.history.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'stock.history.output.items.[].id': 'The position of a movement in the book.',
  'stock.history.output.items.[].commandId': 'The id of a row.',
  'stock.history.output.items.[].line': 'Which line of its command this is, from 0.',
  'stock.history.output.items.[].productId': 'The id of a row.',
  'stock.history.output.items.[].lotId': 'The id of a row.',
  'stock.history.output.items.[].fromLocationId':
    '`null`: from outside of the house, or of the warehouses that the caller is restricted to.',
  'stock.history.output.items.[].toLocationId': '`null`: to outside of them.',
  'stock.history.output.items.[].quantity': 'Base units.',
  'stock.history.output.items.[].packagingId': 'The id of a row.',
  'stock.history.output.items.[].packagingQuantity':
    'How many packagings, as a decimal string. `null`: it was counted in base units.',
  'stock.history.output.items.[].reversesId': 'The movement that this one takes back.',
  'stock.history.output.items.[].reversedById': 'The movement that takes this one back.',
  'stock.history.output.items.[].reservationId':
    'The reservation that it shipped from. A reversal names none: the movement that it takes back does.',
  'stock.history.output.items.[].checkLineId':
    'The line of an inventory check whose count it carries into the book.',
  'stock.history.output.items.[].compensatesId':
    'The movement whose effect on an inventory check posted before it is undone by this one.',
  'stock.history.output.items.[].actorId': 'The id of a row.',
  'stock.history.output.items.[].deviceId':
    'Which scanner or phone it came from, as that calls itself.',
  'stock.history.output.items.[].partnerId': 'The id of a row.',
  'stock.history.output.items.[].occurredAt': 'When it happened.',
  'stock.history.output.items.[].recordedAt': 'When the book learned of it.',
  'stock.history.output.items.[].change':
    'Base units that the asked-for place gained (positive) or lost (negative).',
  'stock.history.output.items.[].onHandAfter':
    'On hand at the asked-for place after it, in the order in which things happened.',
  'stock.asOf.input.limit': 'At most this many items. Default 50, at most 200.',
  'stock.asOf.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'stock.asOf.input.sort': 'The order. Default: the first of the choices.',
  'stock.asOf.input.direction': 'Which way. Default `ascending`.',
  'stock.asOf.input.productId': 'The id of a row.',
  'stock.asOf.input.locationId': 'At this location or a place in it.',
  'stock.asOf.input.lotId': 'The id of a row.',
  'stock.asOf.input.categoryId': 'Of this category or one below it.',
  'stock.asOf.input.at': 'The moment; what happened exactly then is counted.',
  'stock.asOf.input.knownAt':
    'Count only what the book knew by this moment. Default: all that it knows now.',
  'stock.asOf.input.where':
    'What the fields of a row must be like; all that is given must hold. Whole ids, and texts of SKU and product name, are looked up; any other field reads levels in the order of the list until the page is full.',
  'stock.asOf.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'stock.closing.output.id': 'Grows with every closing; the last one is in force.',
  'stock.closing.output.closedBefore': 'Nothing is posted that happened before this moment.',
  'stock.closing.output.closedBy': 'The id of a row.',
  'stock.closing.output.recordedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'stock.close.input.closedBefore':
    'Not later than now. What happened exactly then may still be posted.',
  'stock.close.input.reason': 'A line of text: no control characters, no space at its ends.',
  'stock.explain.input.productId': 'The id of a row.',
  'stock.explain.input.locationId': 'At this location or a place in it. Absent: everywhere.',
  'stock.explain.input.lotId': 'The id of a row.',
  'stock.explain.output.productId': 'The id of a row.',
  'stock.explain.output.unavailable': 'On hand, but of a lot that may not go out now.',
  'stock.explain.output.held':
    'Set aside by the reservations that hold nothing outside of the asked-for place and lot.',
  'stock.explain.output.short':
    'Of `held`: what cannot be had, because it is gone or of a lot that may not go out.',
  'stock.explain.output.heldFurtherOut':
    'Also needed from here: reservations of a wider place, or of any lot, cannot do without it.',
  'stock.explain.output.available':
    '`onHand` less what is unavailable, less `held` as far as not `short`, less `heldFurtherOut`.',
  'stock.explain.output.reservations':
    'What is set aside here or further out, the first come first: two hundred at most.',
  'stock.explain.output.levels': 'Where the goods lie: two hundred places at most.',
  'stock.explain.output.reservations.[].id': 'The id of a row.',
  'stock.explain.output.reservations.[].status':
    '`held`: nothing shipped yet. `partly_shipped`: some is. `short`: some of what is held is not there any more. `shipped`, `released`, `expired`: nothing is open, and this ended it.',
  'stock.explain.output.reservations.[].locationId': 'The id of a row.',
  'stock.explain.output.reservations.[].lotId': 'The id of a row.',
  'stock.explain.output.reservations.[].open': 'Base units still held.',
  'stock.explain.output.reservations.[].short': 'Of `open`: what cannot be had.',
  'stock.explain.output.reservations.[].isInside':
    'It holds nothing outside of the asked-for place and lot, and so counts in `held`.',
  'stock.explain.output.reservations.[].expiresAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'stock.explain.output.reservations.[].partnerId': 'The id of a row.',
  'stock.explain.output.levels.[].locationId': 'The id of a row.',
  'stock.explain.output.levels.[].lotId': 'The id of a row.',
  'stock.explain.output.levels.[].expiresOn': 'The last good day of the lot, `YYYY-MM-DD`.',
  'stock.explain.output.levels.[].unavailable': '`null`: it may go out.',
  'stock.explain.output.levels.[].available': 'What may be taken from this very bin and lot.',
  'stock.suggestPick.input.productId': 'The id of a row.',
  'stock.suggestPick.input.locationId': 'Only from this location or a place in it.',
  'stock.suggestPick.input.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'stock.suggestPick.input.packagingId': 'Absent: `quantity` counts base units.',
  'stock.suggestPick.input.partnerId':
    'For whom: takes no lot with fewer good days left than this customer accepts.',
  'stock.suggestPick.input.minimumShelfLifeDays':
    "Good days that must be left. The strictest counts: this, the product's or the customer's.",
  'stock.suggestPick.input.reservationId':
    'Pick what this reservation holds: from its place, of its lot.',
  'stock.suggestPick.input.on': 'The day of the pick, `YYYY-MM-DD`. Default: today, by UTC.',
  'stock.suggestPick.output.minimumShelfLifeDays': 'Good days that had to be left.',
  'stock.suggestPick.output.requested': 'Base units asked for.',
  'stock.suggestPick.output.picked': 'Base units of all `picks`.',
  'stock.suggestPick.output.short': 'Base units that could not be found.',
  'stock.suggestPick.output.leftOut':
    'What was passed over, in the same order: two hundred places at most.',
  'stock.suggestPick.output.picks.[].locationId': 'The id of a row.',
  'stock.suggestPick.output.picks.[].lotId': 'The id of a row.',
  'stock.suggestPick.output.picks.[].expiresOn': 'The last good day of the lot, `YYYY-MM-DD`.',
  'stock.suggestPick.output.picks.[].quantity':
    'Base units of a product: a whole number, at least 1.',
  'stock.suggestPick.output.leftOut.[].locationId': 'The id of a row.',
  'stock.suggestPick.output.leftOut.[].lotId': 'The id of a row.',
  'stock.suggestPick.output.leftOut.[].expiresOn': 'The last good day of the lot, `YYYY-MM-DD`.',
  'stock.suggestPick.output.leftOut.[].quantity':
    'Base units of a product: a whole number, at least 1.',
  'stock.verify.output.ok': 'No fault was found.',
  'stock.verify.output.faults': 'At most 100 of them.',
  'stock.verify.output.faults.[].productId': 'The id of a row.',
  'stock.verify.output.faults.[].locationId': 'The id of a row.',
  'stock.verify.output.faults.[].lotId': 'The id of a row.',
  'stock.verify.output.faults.[].onHand': 'What the level says, base units.',
  'stock.verify.output.faults.[].summed': 'What the movements sum up to, base units.',
  'stock.verify.output.faults.[].belowZeroAt': 'The first moment at which the sum was below zero.',
  'stock.verify.output.faults.[].sumsWrongOn':
    'The first day, or first of a month, whose kept sum is not that of its movements.',
  'reservations.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'reservations.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'reservations.list.input.sort': 'The order. Default: the first of the choices.',
  'reservations.list.input.productId': 'The id of a row.',
  'reservations.list.input.locationId': 'At this location or a place in it.',
  'reservations.list.input.lotId': 'The id of a row.',
  'reservations.list.input.partnerId': 'The id of a row.',
  'reservations.list.input.reference':
    'A line of text: no control characters, no space at its ends.',
  'reservations.list.input.status':
    '`held`: nothing shipped yet. `partly_shipped`: some is. `short`: some of what is held is not there any more. `shipped`, `released`, `expired`: nothing is open, and this ended it.',
  'reservations.list.input.statuses': 'In any of these states.',
  'reservations.list.input.openOnly': 'Only those that still hold something. Default `false`.',
  'reservations.list.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'reservations.list.input.where.status.oneOf': 'Is one of these.',
  'reservations.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reservations.list.output.items.[].id': 'The id of a row.',
  'reservations.list.output.items.[].productId': 'The id of a row.',
  'reservations.list.output.items.[].locationId':
    'The goods are held somewhere in here: a warehouse, a zone or one bin.',
  'reservations.list.output.items.[].lotId': '`null`: of any lot.',
  'reservations.list.output.items.[].quantity': 'Base units that were set aside.',
  'reservations.list.output.items.[].shipped': 'Base units shipped against it.',
  'reservations.list.output.items.[].released':
    'Base units given back, by a person or by the clock.',
  'reservations.list.output.items.[].open':
    'Base units still held: `quantity` less `shipped`, less `released`.',
  'reservations.list.output.items.[].short':
    'Base units of the open ones that are not there any more.',
  'reservations.list.output.items.[].status':
    '`held`: nothing shipped yet. `partly_shipped`: some is. `short`: some of what is held is not there any more. `shipped`, `released`, `expired`: nothing is open, and this ended it.',
  'reservations.list.output.items.[].expiresAt':
    'From then on it holds nothing. `null`: until it is released.',
  'reservations.list.output.items.[].partnerId': 'The id of a row.',
  'reservations.list.output.items.[].partnerName': 'For whom.',
  'reservations.list.output.items.[].createdBy': 'The id of a row.',
  'reservations.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'reservations.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'reservations.get.output.id': 'The id of a row.',
  'reservations.get.output.productId': 'The id of a row.',
  'reservations.get.output.locationId':
    'The goods are held somewhere in here: a warehouse, a zone or one bin.',
  'reservations.get.output.lotId': '`null`: of any lot.',
  'reservations.get.output.quantity': 'Base units that were set aside.',
  'reservations.get.output.shipped': 'Base units shipped against it.',
  'reservations.get.output.released': 'Base units given back, by a person or by the clock.',
  'reservations.get.output.open':
    'Base units still held: `quantity` less `shipped`, less `released`.',
  'reservations.get.output.short': 'Base units of the open ones that are not there any more.',
  'reservations.get.output.status':
    '`held`: nothing shipped yet. `partly_shipped`: some is. `short`: some of what is held is not there any more. `shipped`, `released`, `expired`: nothing is open, and this ended it.',
  'reservations.get.output.expiresAt':
    'From then on it holds nothing. `null`: until it is released.',
  'reservations.get.output.partnerId': 'The id of a row.',
  'reservations.get.output.partnerName': 'For whom.',
  'reservations.get.output.createdBy': 'The id of a row.',
  'reservations.get.output.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'reservations.get.output.updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'reservations.get.output.changes.[].kind':
    '`reversed`: what was shipped against it was taken back, and is held again.',
  'reservations.get.output.changes.[].quantity': 'Base units it happened to.',
  'reservations.get.output.changes.[].commandId': 'The id of a row.',
  'reservations.get.output.changes.[].actorId': '`null`: the clock did it.',
  'reservations.get.output.changes.[].recordedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'reservations.hold.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'reservations.hold.input.productId': 'The id of a row.',
  'reservations.hold.input.locationId': 'The id of a row.',
  'reservations.hold.input.lotId': 'The id of a row.',
  'reservations.hold.input.quantity':
    'How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of a packaging is a decimal string ("0.5") and must come out as whole base units.',
  'reservations.hold.input.packagingId': 'Absent: `quantity` counts base units.',
  'reservations.hold.input.expiresAt':
    'From then on it holds nothing. Must lie in the future. Default: until it is released.',
  'reservations.hold.input.expiresInMinutes': 'Instead of `expiresAt`: so many minutes from now.',
  'reservations.hold.input.partnerId': 'The id of a row.',
  'reservations.hold.input.reference':
    'A line of text: no control characters, no space at its ends.',
  'reservations.hold.input.note': 'Text of several lines.',
  'reservations.hold.output.replayed':
    'True when an earlier call did it and this is its answer again.',
  'reservations.hold.output.reservation':
    'As this command left it, whatever has become of it since.',
  'reservations.holdOrder.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'reservations.holdOrder.input.partial':
    'Whether lines may get less than they ask for. Default `false`.',
  'reservations.holdOrder.input.expiresAt':
    'From then on it holds nothing. Must lie in the future. Default: until it is released.',
  'reservations.holdOrder.input.expiresInMinutes':
    'Instead of `expiresAt`: so many minutes from now.',
  'reservations.holdOrder.input.partnerId': 'The id of a row.',
  'reservations.holdOrder.input.reference':
    'A line of text: no control characters, no space at its ends.',
  'reservations.holdOrder.input.note': 'Text of several lines.',
  'reservations.holdOrder.input.lines.[].productId': 'The id of a row.',
  'reservations.holdOrder.input.lines.[].locationId': 'Somewhere in here.',
  'reservations.holdOrder.input.lines.[].lotId': 'The id of a row.',
  'reservations.holdOrder.input.lines.[].quantity': 'Base units.',
  'reservations.holdOrder.output.replayed':
    'True when an earlier call did it and this is its answer again.',
  'reservations.holdOrder.output.lines': 'In the order of the lines asked for.',
  'reservations.holdOrder.output.lines.[].requested': 'Base units that the line asked for, …',
  'reservations.holdOrder.output.lines.[].held': '… that were set aside, …',
  'reservations.holdOrder.output.lines.[].short': '… and that could not be.',
  'reservations.holdOrder.output.lines.[].reservation':
    'As this command left it, whatever has become of it since. `null`: nothing was set aside.',
  'reservations.release.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'reservations.release.input.id': 'The id of a row.',
  'reservations.release.input.quantity': 'Base units. Default: all that is open.',
  'checks.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'checks.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'checks.list.input.sort': 'The order. Default: the first of the choices.',
  'checks.list.input.search': 'Words found in the title.',
  'checks.list.input.status':
    '`open`: being counted. `review`: counted, to be approved. `posted`, `cancelled`: over.',
  'checks.list.input.statuses': 'In any of these states.',
  'checks.list.input.where': 'What the fields of a row must be like; all that is given must hold.',
  'checks.list.input.where.status.oneOf': 'Is one of these.',
  'checks.list.input.where.acceptPercent.equals': 'This very value.',
  'checks.list.input.where.acceptPercent.atLeast': 'This or greater; of times: then or later.',
  'checks.list.input.where.acceptPercent.lessThan': 'Less; of times: before.',
  'checks.list.input.where.acceptPercent.atMost': 'This or less; of times: then or before.',
  'checks.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'checks.list.output.items.[].id': 'The id of a row.',
  'checks.list.output.items.[].status':
    '`open`: being counted. `review`: counted, to be approved. `posted`, `cancelled`: over.',
  'checks.list.output.items.[].scope': 'Which goods at which places: all that is given must hold.',
  'checks.list.output.items.[].isBlind':
    'Who counts does not learn what the book expects, nor what others have counted: operators never, administrators not while the check is open.',
  'checks.list.output.items.[].acceptPercent':
    'A variance of at most this share of the expected quantity, in per cent, …',
  'checks.list.output.items.[].acceptValue': '… and at most this value is accepted as it is.',
  'checks.list.output.items.[].recountPercent':
    "One of at most this share is settled by another person's recount; above, an administrator decides.",
  'checks.list.output.items.[].round':
    'The count that is under way: 1, and one more with each recount.',
  'checks.list.output.items.[].openedBy': 'The id of a row.',
  'checks.list.output.items.[].approvedBy': 'The id of a row.',
  'checks.list.output.items.[].approvedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'checks.list.output.items.[].commandId':
    'The command that carried the counts into the book. `null`: none has.',
  'checks.list.output.items.[].lines':
    'How many lines there are, and how many are still to count in this round.',
  'checks.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'checks.list.output.items.[].updatedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'checks.list.output.items.[].scope.locationIds': 'At these locations or places in them.',
  'checks.list.output.items.[].scope.categoryIds': 'Of these categories or ones below them.',
  'checks.lines.input.limit': 'At most this many items. Default 50, at most 200.',
  'checks.lines.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'checks.lines.input.sort': 'The order. Default: the first of the choices.',
  'checks.lines.input.direction': 'Which way. Default `ascending`.',
  'checks.lines.input.checkId': 'The id of a row.',
  'checks.lines.input.status':
    '`to_count`: nobody has counted it. `counted`: counted, and either the round goes on, or the variance is for an administrator to decide. `recount`: another person must count it. `accepted`: within the thresholds; who counts blind sees `counted` instead. `posted`: carried into the book. `skipped`: left out on purpose.',
  'checks.lines.input.productId': 'The id of a row.',
  'checks.lines.input.locationId': 'At this location or a place in it.',
  'checks.lines.input.differingOnly':
    'Only lines whose count differs. Default `false`. Refused with WRONG_STATE for who counts blind.',
  'checks.lines.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'checks.lines.output.items.[].id': 'The id of a row.',
  'checks.lines.output.items.[].checkId': 'The id of a row.',
  'checks.lines.output.items.[].productId': 'The id of a row.',
  'checks.lines.output.items.[].locationId': 'The id of a row.',
  'checks.lines.output.items.[].lotId': 'The id of a row.',
  'checks.lines.output.items.[].status':
    '`to_count`: nobody has counted it. `counted`: counted, and either the round goes on, or the variance is for an administrator to decide. `recount`: another person must count it. `accepted`: within the thresholds; who counts blind sees `counted` instead. `posted`: carried into the book. `skipped`: left out on purpose.',
  'checks.lines.output.items.[].isFound': 'Found where nothing was expected.',
  'checks.lines.output.items.[].counts':
    'Every count, oldest first. The last one counts. Who counts blind sees only own ones.',
  'checks.lines.output.items.[].counted':
    'Base units by the last count. `null`: not counted, or hidden like `counts`.',
  'checks.lines.output.items.[].expected':
    'Base units that there were at the moment of the last count by all that the book knows; what it learns late of the time before belongs to it, until the check is posted. `null`: not counted, or hidden from this caller, and so are the figures below.',
  'checks.lines.output.items.[].variance': '`counted` less `expected`.',
  'checks.lines.output.items.[].variancePercent':
    'The variance as a share of `expected`, in per cent, a decimal string. `null` also when nothing was expected.',
  'checks.lines.output.items.[].varianceValue':
    'The variance in money, a decimal string, by unit cost or else list price. `null` also when neither is known. Absent for operators.',
  'checks.lines.output.items.[].movedSince':
    'Movements of these goods since they were counted: nothing is wrong, the variance stays right.',
  'checks.lines.output.items.[].counts.[].round':
    '1 for the first count, one more for each recount.',
  'checks.lines.output.items.[].counts.[].quantity': 'Base units.',
  'checks.lines.output.items.[].counts.[].countedBy': 'The id of a row.',
  'checks.lines.output.items.[].counts.[].countedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'checks.open.input.title': 'A line of text: no control characters, no space at its ends.',
  'checks.open.input.scope': 'Which goods at which places: all that is given must hold.',
  'checks.open.input.acceptPercent':
    'Default "0": every variance counts as one. Where nothing was expected, it is above every share.',
  'checks.open.input.acceptValue': 'Default "0".',
  'checks.open.input.recountPercent': 'Default "0": no recount, an administrator decides at once.',
  'checks.open.input.includeZero': 'Also lines for levels that have come to zero. Default `false`.',
  'checks.count.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'checks.count.input.lineId': 'The id of a row.',
  'checks.count.input.quantity': 'Base units: zero or more.',
  'checks.count.input.countedAt':
    'When it was counted. Default: now. May lie in the past, for a counter without a network.',
  'checks.addLine.input.checkId': 'The id of a row.',
  'checks.addLine.input.productId': 'The id of a row.',
  'checks.addLine.input.locationId': 'The id of a row.',
  'checks.addLine.input.lotId': 'The id of a row.',
  'checks.submit.input.id': 'The id of a row.',
  'checks.submit.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'checks.submit.input.skipUncounted':
    'Leave out what nobody has counted; let stand what nobody has counted again. Default `false`.',
  'checks.recount.input.id': 'The id of a row.',
  'checks.recount.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'checks.recount.input.remark': 'Text of several lines.',
  'checks.approve.input.id': 'The id of a row.',
  'checks.approve.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'checks.approve.input.commandId':
    'Chosen by the caller before the first send and kept over retries: the same id never works twice.',
  'checks.approve.input.remark': 'Text of several lines.',
  'checks.approve.output.replayed':
    'True when it was posted by an earlier call and this is its answer again.',
  'checks.approve.output.adjustments': 'How many adjustments were posted.',
  'checks.cancel.input.id': 'The id of a row.',
  'checks.cancel.input.expectedVersion':
    'Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check.',
  'checks.cancel.input.reason': 'Text of several lines.',
  'checks.report.output.counted': 'Lines that were counted.',
  'checks.report.output.exact': 'Lines whose count was what the book expected.',
  'checks.report.output.accuracyPercent':
    '`exact` as a share of `counted`, in per cent, a decimal string. `null`: nothing was counted.',
  'checks.report.output.netUnits': 'Base units, found less missing.',
  'checks.report.output.absoluteUnits': 'Base units, found plus missing.',
  'checks.report.output.netValue': 'In money, found less missing, a decimal string.',
  'checks.report.output.absoluteValue': 'In money, found plus missing, a decimal string.',
  'checks.report.output.counters': 'Who counted any line, by name: they may not approve the check.',
  'checks.report.output.counters.[].userId': 'The id of a row.',
  'checks.report.output.locations.[].locationId': 'The id of a row.',
  'checks.report.output.locations.[].counted': 'Lines that were counted.',
  'checks.report.output.locations.[].exact': 'Lines whose count was what the book expected.',
  'checks.report.output.locations.[].accuracyPercent':
    '`exact` as a share of `counted`, in per cent, a decimal string. `null`: nothing was counted.',
  'checks.report.output.locations.[].netUnits': 'Base units, found less missing.',
  'checks.report.output.locations.[].absoluteUnits': 'Base units, found plus missing.',
  'checks.report.output.locations.[].netValue': 'In money, found less missing, a decimal string.',
  'checks.report.output.locations.[].absoluteValue':
    'In money, found plus missing, a decimal string.',
  'reports.lowStock.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.lowStock.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'reports.lowStock.input.sort': 'The order. Default: the first of the choices.',
  'reports.lowStock.input.direction': 'Which way. Default `ascending`.',
  'reports.lowStock.input.locationId': 'At this location or a place in it.',
  'reports.lowStock.input.categoryId': 'Of this category or one below it.',
  'reports.lowStock.input.supplierId': 'The id of a row.',
  'reports.lowStock.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'reports.lowStock.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.lowStock.output.items.[].productId': 'The id of a row.',
  'reports.lowStock.output.items.[].supplierId': 'The id of a row.',
  'reports.lowStock.output.items.[].onHand': 'Base units.',
  'reports.lowStock.output.items.[].available':
    'Base units that nobody holds and that may be shipped.',
  'reports.lowStock.output.items.[].suggestedOrder':
    'Base units that fill up to the maximum, or to twice the reorder point where there is none.',
  'reports.movementSummary.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.movementSummary.input.cursor':
    'The `nextCursor` of the page before. Absent: the first page.',
  'reports.movementSummary.input.sort': 'The order. Default: the first of the choices.',
  'reports.movementSummary.input.direction': 'Which way. Default `ascending`.',
  'reports.movementSummary.input.from': 'Happened at or after.',
  'reports.movementSummary.input.before': 'Happened before.',
  'reports.movementSummary.input.locationId': 'At this location or a place in it.',
  'reports.movementSummary.input.categoryId': 'Of this category or one below it.',
  'reports.movementSummary.input.productId': 'The id of a row.',
  'reports.movementSummary.input.by': 'How long a period is; weeks begin on Monday.',
  'reports.movementSummary.input.timeZone':
    'Where a day begins: an IANA time zone, like `Europe/Moscow`. Default `UTC`.',
  'reports.movementSummary.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.movementSummary.output.items.[].period': 'First day of the period, `YYYY-MM-DD`.',
  'reports.movementSummary.output.items.[].incoming': 'Base units.',
  'reports.movementSummary.output.items.[].outgoing':
    'Base units of many movements together: a whole number. Exact up to 9 007 199 254 740 991; of more, which no goods come to but wrong entries may, it is the nearest number.',
  'reports.movementSummary.output.items.[].transferred': 'Base units that changed their place.',
  'reports.movementSummary.output.items.[].adjusted': 'Base units, found less lost.',
  'reports.movementSummary.output.items.[].arrivals':
    'How many of them came in, went out, changed their place, and were found or lost.',
  'reports.stockByCategory.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.stockByCategory.input.cursor':
    'The `nextCursor` of the page before. Absent: the first page.',
  'reports.stockByCategory.input.sort': 'The order. Default: the first of the choices.',
  'reports.stockByCategory.input.direction': 'Most first by default.',
  'reports.stockByCategory.input.locationId': 'At this location or a place in it.',
  'reports.stockByCategory.input.parentId':
    'The categories directly inside this one. Default: the topmost.',
  'reports.stockByCategory.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'reports.stockByCategory.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.stockByCategory.output.items.[].categoryId':
    'Goods of categories below it count too. `parentId`: goods of that one itself. `null`: of none.',
  'reports.stockByCategory.output.items.[].products': 'How many products of it are on hand.',
  'reports.stockByCategory.output.items.[].withoutValue':
    'How many of those have neither a unit cost nor a list price, and so no value. Absent for operators.',
  'reports.stockByCategory.output.items.[].value':
    'In money, by unit cost or else list price, a decimal string. Absent for operators.',
  'reports.slowMovers.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.slowMovers.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'reports.slowMovers.input.sort': 'The order. Default: the first of the choices.',
  'reports.slowMovers.input.direction': 'Which way. Default `ascending`.',
  'reports.slowMovers.input.locationId': 'At this location or a place in it.',
  'reports.slowMovers.input.categoryId': 'Of this category or one below it.',
  'reports.slowMovers.input.days':
    'Only products of which nothing went out for so many days. Default 90.',
  'reports.slowMovers.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'reports.slowMovers.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.slowMovers.output.items.[].productId': 'The id of a row.',
  'reports.slowMovers.output.items.[].value':
    'In money, by unit cost or else list price, a decimal string. Absent for operators.',
  'reports.slowMovers.output.items.[].lastOutgoingAt': '`null`: none ever went out.',
  'reports.abc.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.abc.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'reports.abc.input.sort': 'The order. Default: the first of the choices.',
  'reports.abc.input.direction': 'Most first by default.',
  'reports.abc.input.from': 'Happened at or after.',
  'reports.abc.input.before': 'Happened before.',
  'reports.abc.input.locationId': 'At this location or a place in it.',
  'reports.abc.input.categoryId': 'Of this category or one below it.',
  'reports.abc.input.measure':
    'Turnover in `value` (by unit cost or list price) or in `units`. Default `value`; `units` for operators, who are not told the value: FIELD_FORBIDDEN.',
  'reports.abc.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.abc.output.items.[].productId': 'The id of a row.',
  'reports.abc.output.items.[].units': 'Base units that went out.',
  'reports.abc.output.items.[].value':
    'The same in money, by unit cost or list price, a decimal string. `null`: neither is known. Absent for operators.',
  'reports.abc.output.items.[].turnover': 'A decimal string, in money or units as asked for.',
  'reports.abc.output.items.[].cumulativePercent':
    'Of the whole turnover, with all products before it, in per cent, a decimal string.',
  'reports.abc.output.items.[].abcClass':
    'How much of the turnover a product makes: `A` most, `C` least.',
  'reports.abc.output.items.[].currentClass': 'The class that the product has now.',
  'reports.applyAbc.input.from': 'Happened at or after.',
  'reports.applyAbc.input.before': 'Happened before.',
  'reports.applyAbc.input.locationId': 'At this location or a place in it.',
  'reports.applyAbc.input.categoryId': 'Of this category or one below it.',
  'reports.applyAbc.output.changed': 'Products whose class changed.',
  'reports.expiringLots.input.limit': 'At most this many items. Default 50, at most 200.',
  'reports.expiringLots.input.cursor':
    'The `nextCursor` of the page before. Absent: the first page.',
  'reports.expiringLots.input.sort': 'The order. Default: the first of the choices.',
  'reports.expiringLots.input.direction': 'Which way. Default `ascending`.',
  'reports.expiringLots.input.locationId': 'At this location or a place in it.',
  'reports.expiringLots.input.categoryId': 'Of this category or one below it.',
  'reports.expiringLots.input.until':
    'Last good day on or before this one, `YYYY-MM-DD`. Default: 30 days from today.',
  'reports.expiringLots.input.where':
    'What the fields of a row must be like; all that is given must hold.',
  'reports.expiringLots.input.where.status.oneOf': 'Is one of these.',
  'reports.expiringLots.input.where.expiresOn.equals': 'This very value.',
  'reports.expiringLots.input.where.expiresOn.atLeast': 'This or greater; of times: then or later.',
  'reports.expiringLots.input.where.expiresOn.lessThan': 'Less; of times: before.',
  'reports.expiringLots.input.where.expiresOn.atMost': 'This or less; of times: then or before.',
  'reports.expiringLots.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'reports.expiringLots.output.items.[].productId': 'The id of a row.',
  'reports.expiringLots.output.items.[].lotId': 'The id of a row.',
  'reports.expiringLots.output.items.[].expiresOn': '`YYYY-MM-DD`.',
  'reports.expiringLots.output.items.[].daysLeft':
    'Whole days from today; negative: since it expired.',
  'reports.expiringLots.output.items.[].locationId': 'The id of a row.',
  'reports.expiringLots.output.items.[].value':
    'In money, by unit cost or else list price, a decimal string. Absent for operators.',
  'attachments.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'attachments.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'attachments.list.input.sort': 'The order. Default: the first of the choices.',
  'attachments.list.input.direction': 'Which way. Default `ascending`.',
  'attachments.list.input.entity':
    'What kind of row a file belongs to. `command`: something that was posted, with all its movements.',
  'attachments.list.input.entityId': 'The id of a row.',
  'attachments.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'attachments.list.output.items.[].id': 'The id of a row.',
  'attachments.list.output.items.[].entity':
    'What kind of row a file belongs to. `command`: something that was posted, with all its movements.',
  'attachments.list.output.items.[].entityId': 'The id of a row.',
  'attachments.list.output.items.[].mediaType': 'What the bytes themselves say they are.',
  'attachments.list.output.items.[].sha256': 'SHA-256 of the bytes, in hexadecimal.',
  'attachments.list.output.items.[].createdBy': 'The id of a row.',
  'attachments.list.output.items.[].createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'attachments.list.output.items.[].removedAt':
    'Set when the file was removed: its bytes are gone.',
  'attachments.add.input.commandId':
    "Chosen by the caller before the first send and kept over retries; it becomes the file's id.",
  'attachments.add.input.entity':
    'What kind of row a file belongs to. `command`: something that was posted, with all its movements.',
  'attachments.add.input.entityId': 'The id of a row.',
  'attachments.add.input.fileName': 'With its extension, without a path.',
  'attachments.add.input.content': 'The bytes in base64.',
  'attachments.add.output.id': 'The id of a row.',
  'attachments.add.output.entity':
    'What kind of row a file belongs to. `command`: something that was posted, with all its movements.',
  'attachments.add.output.entityId': 'The id of a row.',
  'attachments.add.output.mediaType': 'What the bytes themselves say they are.',
  'attachments.add.output.sha256': 'SHA-256 of the bytes, in hexadecimal.',
  'attachments.add.output.createdBy': 'The id of a row.',
  'attachments.add.output.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'attachments.add.output.removedAt': 'Set when the file was removed: its bytes are gone.',
  'attachments.add.output.replayed': 'This very file was added before: nothing was done now.',
  'attachments.content.output.id': 'The id of a row.',
  'attachments.content.output.entity':
    'What kind of row a file belongs to. `command`: something that was posted, with all its movements.',
  'attachments.content.output.entityId': 'The id of a row.',
  'attachments.content.output.mediaType': 'What the bytes themselves say they are.',
  'attachments.content.output.sha256': 'SHA-256 of the bytes, in hexadecimal.',
  'attachments.content.output.createdBy': 'The id of a row.',
  'attachments.content.output.createdAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'attachments.content.output.removedAt': 'Set when the file was removed: its bytes are gone.',
  'attachments.content.output.content': 'The bytes in base64.',
  'audit.list.input.limit': 'At most this many items. Default 50, at most 200.',
  'audit.list.input.cursor': 'The `nextCursor` of the page before. Absent: the first page.',
  'audit.list.input.sort': 'The order. Default: the first of the choices.',
  'audit.list.input.direction': 'Newest first by default.',
  'audit.list.input.entity':
    'What the audit log tells of: rows of tables, and things that are done with several at once.',
  'audit.list.input.includeAttachments':
    'Also what was done with the files of the row that `entity` and `entityId` name. Default `false`.',
  'audit.list.input.actorId': 'The id of a row.',
  'audit.list.input.recordedFrom': 'Recorded at or after.',
  'audit.list.input.recordedBefore': 'Recorded before.',
  'audit.list.input.where':
    'What the fields of a row must be like; all that is given must hold. `id`, `recordedAt` and `actorId` are looked up; any other field reads the log from its newer end until the page is full.',
  'audit.list.input.where.entity.oneOf': 'Is one of these.',
  'audit.list.output.nextCursor':
    'Give it as `cursor` to get the next page. `null`: this was the last.',
  'audit.list.output.items.[].recordedAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'audit.list.output.items.[].actorId':
    "`null`: from the server's command line, or by somebody who had not signed in.",
  'audit.list.output.items.[].action': 'The procedure, for instance `products.update`.',
  'audit.list.output.items.[].entity':
    'What was changed, for instance `product`; a later version may know more than `list` asks for.',
  'audit.list.output.items.[].before': 'As it was. `null`: it did not exist. Secrets are left out.',
  'audit.list.output.items.[].after': 'As it is since.',
  'audit.list.output.items.[].requestId': "The request in the server's log.",
  'audit.follow.input.after': 'The `head` of the answer before. Default: the beginning.',
  'audit.follow.input.entities': 'Only entries about these. Default: all.',
  'audit.follow.input.limit':
    'At most so many entries are gone through. Default 200, at most 1000.',
  'audit.follow.output.head':
    'Up to where the entries were gone through, those about other things too.',
  'audit.follow.output.isEnd': 'Nothing is behind it as yet.',
  'audit.verify.input.expectedHead':
    'The `head` of an earlier answer, kept elsewhere: finds out whether the end was cut off.',
  'audit.verify.output.ok': 'No fault was found.',
  'audit.verify.output.head': 'The end of the chain.',
  'audit.verify.output.firstFault': 'The first place at which the chain does not hold.',
  'audit.verify.output.firstFault.auditId': '`null` when it is not known any more.',
  'jobs.list.output.items.[].name':
    '`audit.link`: links the new rows of the audit log. `reservations.expire`: writes down which reservations have expired. `attempts.forget`: forgets attempts to sign in that no longer count.',
  'jobs.list.output.items.[].state':
    '`working`: it is done as often as it should be. `failing`: a run of some server failed less than one round and half a minute ago. `late`: for three rounds and half a minute no run has succeeded, because it hangs or because no server does it. `waiting`: it was never done yet.',
  'jobs.list.output.items.[].everySeconds': 'How often each server does it.',
  'jobs.list.output.items.[].lastRunAt':
    'When the last run began. Known to ten seconds, as all that is told of runs which did nothing. `null`: never.',
  'jobs.list.output.items.[].lastRunBy':
    'The process and machine that did the last run, for instance `4711@warehouse-1`. `null`: none.',
  'jobs.list.output.items.[].durationMs':
    'Milliseconds that the last run took. `null`: it is under way, or there was none.',
  'jobs.list.output.items.[].handled': 'How many things the last run had to do.',
  'jobs.list.output.items.[].handledInAll': 'How many things all runs did.',
  'jobs.list.output.items.[].lastSuccessAt':
    'A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond.',
  'jobs.list.output.items.[].lastFailureAt':
    'It stays after a success, with its reason. `null`: it never failed.',
  'jobs.list.output.items.[].lastError':
    'Why the last failure happened, in the words of what failed. `null`: it never failed.',
  'migrations.list.output.items.[].name': 'Its number and words, for instance `0003_add_lots`.',
  'migrations.list.output.items.[].state':
    '`applied`: the database has it. `pending`: it has not yet. `edited`: a file of it changed after it was applied. `unknown`: the database has it, this server does not know it.',
  'migrations.list.output.items.[].appliedAt': '`null`: not yet.',
  'migrations.list.output.items.[].appliedBy':
    'The user and machine that applied it. `null`: not yet.',
  'migrations.list.output.items.[].durationMs': 'Milliseconds that it took. `null`: not yet.',
}
