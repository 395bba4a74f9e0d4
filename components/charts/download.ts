/** Hands a file to the browser to be saved under a name. */

/** Browsers read the file after the click has returned; some only once the reader has said where it should go. */
const KEPT_MS = 60_000

export function download(file: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS)
}
