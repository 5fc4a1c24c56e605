/** The password was right, and the user has an authenticator app whose code is wanted, too. */
export class CodeWanted extends Error {}
