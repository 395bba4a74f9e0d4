/**
 * What a span is called in the reader's language. Traces name their spans in English, for exports; the labels that experiments
 * give are words of the page by the key of `spanNameOf`, and what has none there, such as the title of a film, stays as it is.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { spanNameOf } from '#lib/trace/span-name.ts'

export function useSpanName(): (name: string) => string {
  const t = useTranslations('spans')
  return useMemo(() => {
    // A canvas asks for the same few names in every frame.
    const said = new Map<string, string>()
    const say = (name: string): string => {
      const known = spanNameOf(name)
      if (known === null || !t.has(known.key as 'job')) return name
      return t(known.key as 'trial', known.values)
    }
    return (name) => {
      const before = said.get(name)
      if (before !== undefined) return before
      const words = say(name)
      said.set(name, words)
      return words
    }
  }, [t])
}
