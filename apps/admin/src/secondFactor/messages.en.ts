export const secondFactorInEnglish = {
  title: 'Two-step sign-in',
  what: 'Besides your password, sign-in then asks for a code that an authenticator app on your phone shows: whoever learns your password gets no further.',
  begin: 'Set up',
  readSymbol: 'Read this with your authenticator app.',
  symbol: 'QR code for an authenticator app',
  orType: 'Or type this secret into it:',
  code: 'Code',
  codeHelp: 'The six digits of your authenticator app, or a recovery code',
  confirm: 'Confirm',
  confirmed:
    'From now on sign-in asks for a code. Keep these recovery codes where only you find them: each signs in once when you do not have the app. They are not shown again.',
  recoveryCodes: 'Recovery codes',
  kept: 'I have kept them',
  since: 'Your sign-in has asked for a code since %{moment}.',
  left: '%{smart_count} recovery code is left. |||| %{smart_count} recovery codes are left.',
  remove: 'Ask for the password alone again',
  removed: 'Sign-in asks for the password alone again.',
}
