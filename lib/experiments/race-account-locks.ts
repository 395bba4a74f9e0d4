/** Under which locks each account of the bank is changed, for what was chosen. Without zod: the browser shows it. */
import type { RaceParams } from './race.ts'
import type { StepLock } from './race-kinds.ts'

export interface AccountLocks {
  /** Counts from 1. */
  account: number
  /** 'none', 'global', 'thread', or 'account 2': all under which it may happen. */
  withdraw: string[]
  deposit: string[]
  /** Always one and the same lock, shared by all threads. */
  safe: boolean
}

/** More rows say no more. */
const MOST_ACCOUNTS = 4

export const accountLocks = ({
  accounts,
  withdrawLock,
  depositLock,
}: Pick<RaceParams, 'accounts' | 'withdrawLock' | 'depositLock'>): AccountLocks[] =>
  Array.from({ length: Math.min(accounts, MOST_ACCOUNTS) }, (_, index) => {
    const account = index + 1
    const locks = (lock: StepLock): string[] => {
      if (lock === 'own') return [`account ${account}`]
      if (lock !== 'other') return [lock]
      const others = Array.from({ length: accounts }, (_, other) => other + 1).filter((other) => other !== account)
      return others.slice(0, MOST_ACCOUNTS).map((other) => `account ${other}`)
    }
    const withdraw = locks(withdrawLock)
    const deposit = locks(depositLock)
    const all = new Set([...withdraw, ...deposit])
    return { account, withdraw, deposit, safe: all.size === 1 && !all.has('none') && !all.has('thread') }
  })

/** Whether what was chosen excludes every wrong sum by itself, whatever a run shows. */
export const chosenLocksAreRight = (params: Pick<RaceParams, 'accounts' | 'withdrawLock' | 'depositLock'>): boolean =>
  accountLocks(params).every(({ safe }) => safe)
