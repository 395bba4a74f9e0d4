/**
 * What a title and a query are reduced to before they are compared: small letters and digits in words, without accents and
 * punctuation. Both sides go through the same function, so "leon" meets "Léon" and "wall e" meets "WALL-E". Pure, and
 * defined for every string: emoji, quotation marks, operators of the full-text search and NUL are nothing but separators.
 */

export interface SearchText {
  /** Words with one space between: 'the naked gun 2 1 2'. */
  words: string
  /** The same without an article in front, unless nothing else is there. */
  bare: string
  /** `bare` without spaces, so that "spiderman" meets "Spider-Man". */
  compact: string
}

/** Letters that Unicode doesn't take apart. */
const PLAIN: Readonly<Record<string, string>> = {
  '&': ' and ',
  '½': ' 1 2',
  '¢': 'c',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

const ARTICLE = /^(?:the|an?|les?|la) (?=.)/

export const toSearchText = (text: string): SearchText => {
  const words = text
    .toLowerCase()
    .replace(/[&½¢ßæøœđðłþı]/g, (character) => PLAIN[character] ?? character)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    // "Ocean's" is also typed "Oceans"; in "d'Amélie" the apostrophe parts two words.
    .replace(/['’ʼ](?=(?:s|t|d|m|ll|re|ve)(?![\p{L}\p{N}]))/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const bare = words.replace(ARTICLE, '')
  return { words, bare, compact: bare.replaceAll(' ', '') }
}
