/** Save something as a file. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = Object.assign(document.createElement("a"), { href: url, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
