/** The last lines that a program printed, however much it prints. */
export class TextTail {
  #text = ''
  readonly #maxCharacters: number

  constructor(maxCharacters = 4_000) {
    this.#maxCharacters = maxCharacters
  }

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-this.#maxCharacters)
  }

  /** At most so many lines, the newest. */
  lines(count: number): string {
    return this.#text.trimEnd().split('\n').slice(-count).join('\n')
  }
}
