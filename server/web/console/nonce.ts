/** Monaco writes its theme into style elements of its own: they get the page's nonce, so that its policy can do without unsafe-inline for them. */

const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
const createElement = document.createElement;

document.createElement = function (this: Document, ...given: Parameters<typeof createElement>) {
  const element = createElement.apply(this, given);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
} as typeof createElement;
