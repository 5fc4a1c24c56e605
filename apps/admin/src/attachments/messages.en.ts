export const attachmentsInEnglish = {
  tab: 'Files',
  add: 'Add files',
  adding: 'The files are being added',
  hint: 'or drop them here. PNG, JPEG, WebP, PDF or CSV, at most 5 MiB each.',
  none: 'There are no files yet.',
  tooLarge: '“%{name}” was not added. It is larger than 5 MiB.',
  refused: '“%{name}” was not added. %{why}',
  saveOne: 'Save “%{name}”',
  remove: 'Remove',
  removeOne: 'Remove “%{name}”',
  removeTitle: 'Remove “%{name}”?',
  removeContent: 'The file cannot be brought back. The history keeps its name.',
}
