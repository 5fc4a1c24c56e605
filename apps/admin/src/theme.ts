import type { Theme } from '@mui/material'
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin'

/** Colours in which every text stands out from its ground as WCAG 2.1 AA asks. */
const light = {
  primary: { main: '#1257a0' },
  secondary: { main: '#0b5394' },
  error: { main: '#a31515' },
  success: { main: '#1b6b2f' },
  warning: { main: '#8a4b00' },
  info: { main: '#0b5394' },
  text: { primary: '#1a1f26', secondary: '#4a5462' },
  background: { default: '#f5f7fa', paper: '#ffffff' },
}

const dark = {
  primary: { main: '#8cc2ff' },
  secondary: { main: '#8cc2ff' },
  error: { main: '#ff9d94' },
  success: { main: '#7fd796' },
  warning: { main: '#ffc266' },
  info: { main: '#8cc2ff' },
  text: { primary: '#eef2f7', secondary: '#b9c3cf' },
  background: { default: '#14181d', paper: '#1c2229' },
}

const input = { variant: 'outlined', size: 'small', margin: 'dense', fullWidth: true } as const

const shape = { borderRadius: 6 }

/** What both themes have in common: calm, and as much on a screen as can be read. */
function components(isLight: boolean): RaThemeOptions['components'] {
  return {
    MuiAppBar: {
      styleOverrides: {
        root: {
          backgroundColor: isLight ? '#0e457f' : '#1c2229',
          backgroundImage: 'none',
          color: '#ffffff',
        },
      },
    },
    // react-admin's pages that hold nothing but a message make it half see-through.
    ...Object.fromEntries(
      ['RaAccessDenied', 'RaAuthenticationError', 'RaAuthError', 'RaError', 'RaNotFound'].map(
        (page) => [
          page,
          { styleOverrides: { root: { [`&, & .${page}-message`]: { opacity: 1 } } } },
        ],
      ),
    ),
    // What is being loaded says itself when it is there.
    MuiCircularProgress: { defaultProps: { 'aria-hidden': true } },
    MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
    MuiTab: { styleOverrides: { root: { textTransform: 'none' } } },
    // No page is wider than the window: what is too wide moves inside it.
    RaLayout: {
      styleOverrides: { root: { minWidth: 0, '& .RaLayout-content': { minWidth: 0 } } },
    },
    // Its buttons stand in one line as long as there is room for one.
    RaTopToolbar: { styleOverrides: { root: { flexShrink: 0 } } },
    // Under a form, where react-admin has a grey that is none of ours.
    RaToolbar: {
      styleOverrides: {
        root: ({ theme }: { theme: Theme }) => ({
          '&, &.RaToolbar-mobileToolbar': {
            backgroundColor: theme.palette.background.paper,
            borderTop: `1px solid ${theme.palette.divider}`,
          },
        }),
      },
    },
    // Without a selected row it is folded to nothing: neither Tab nor a reader may come to its buttons.
    RaBulkActionsToolbar: {
      styleOverrides: {
        root: { '& .RaBulkActionsToolbar-collapsed': { visibility: 'hidden' } },
      },
    },
    MuiToggleButton: { styleOverrides: { root: { textTransform: 'none' } } },
    MuiTextField: { defaultProps: input },
    MuiFormControl: { defaultProps: input },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 600 } } },
    MuiSnackbarContent: { styleOverrides: { message: { minWidth: 0, overflowWrap: 'anywhere' } } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiFormHelperText: { styleOverrides: { root: { '&:not(.Mui-error)': { opacity: 1 } } } },
  }
}

export const lightTheme: RaThemeOptions = {
  ...defaultLightTheme,
  shape,
  palette: { ...defaultLightTheme.palette, ...light, mode: 'light' },
  components: { ...defaultLightTheme.components, ...components(true) },
}

export const darkTheme: RaThemeOptions = {
  ...defaultDarkTheme,
  shape,
  palette: { ...defaultDarkTheme.palette, ...dark, mode: 'dark' },
  components: { ...defaultDarkTheme.components, ...components(false) },
}
