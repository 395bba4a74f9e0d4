/** The colour that stands for a strategy in the charts, where a choice is one. */
const STRATEGIES = new Set(['sequential', 'async', 'threads', 'processes'])

export const strategySwatch = (key: string): string | undefined =>
  STRATEGIES.has(key) ? `var(--strategy-${key})` : undefined
