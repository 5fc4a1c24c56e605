/**
 * Stands in the place of react-hotkeys-hook in the built pages: react-admin's menu brings it along for
 * keyboard shortcuts, and no entry of ours has one.
 */
export function useHotkeys(): void {}
