/** A server's or schema's message as a sentence of its own: "is taken" becomes "Is taken." */
export function asSentence(text: string): string {
  const trimmed = text.trim().replace(/^\p{Lowercase}/u, (first) => first.toLocaleUpperCase())
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
