/** A line of text is read, and filled in, more easily when it is not as wide as the screen. */
export const formStyle = { maxWidth: 720 }
