/**
 * Transfers between accounts: take from one, put to another, and the sum must stay. Which accounts and how much is drawn from
 * a seed, so every thread can say afterwards what its transfers come to. A transfer never takes more than the account holds.
 * Under `chosen` each of its two steps stands under the lock that was chosen for it, one after the other and never both at
 * once: a wrong choice loses money, it can't deadlock.
 */
import type { RaceGuard, StepLock } from '#lib/experiments/race-kinds.ts'
import type { Mutex } from '#lib/primitives/mutex.ts'
import { work } from '../../measuring/calibrated-work.ts'
import { give, type StepProbe, take } from './step-probe.ts'

export const OPENING_BALANCE = 1_000
const MOST_AT_ONCE = 10
/** A thread adds up the accounts once in so many transfers. */
const AUDIT_EVERY = 64

export interface BankLocks {
  global: Mutex
  /** This thread's own. */
  thread: Mutex
  /** One for each account. */
  accounts: readonly Mutex[]
}

export interface TransferOptions {
  guard: RaceGuard
  accounts: Int32Array
  locks: BankLocks
  withdrawLock: StepLock
  depositLock: StepLock
  iterations: number
  /** Steps of work between read and write. */
  gap: number
  seed: number
  probe: StepProbe | null
}

export interface Transferred {
  /** What this thread's transfers come to, for each account. */
  changes: number[]
  /** Audits that met another sum than there was at the opening. */
  wrongAudits: number
}

interface Transfer {
  from: number
  to: number
  amount: number
}

export const transferAll = (options: TransferOptions): Transferred => {
  const { accounts, iterations, guard, probe, locks } = options
  const count = accounts.length
  const opening = count * OPENING_BALANCE
  const changes = new Int32Array(count)
  const whole = guard === 'mutex' ? locks.global : guard === 'lock-per-thread' ? locks.thread : null
  let random = options.seed | 1
  let wrongAudits = 0
  for (let i = 0; i < iterations; i++) {
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    const from = ((random >>> 1) & 0xffff) % count
    const to = (from + 1 + (((random >>> 8) & 0xffff) % (count - 1))) % count
    const transfer = { from, to, amount: 1 + ((random >>> 20) % MOST_AT_ONCE) }
    take(whole, probe)
    if (i % AUDIT_EVERY === 0 && sumOf(accounts) !== opening) wrongAudits++
    const moved = execute(options, transfer)
    give(whole, probe)
    if (!moved) continue
    changes[from] = (changes[from] ?? 0) - transfer.amount
    changes[to] = (changes[to] ?? 0) + transfer.amount
  }
  return { changes: [...changes], wrongAudits }
}

const sumOf = (accounts: Int32Array): number => {
  let sum = 0
  for (let i = 0; i < accounts.length; i++) sum += Atomics.load(accounts, i)
  return sum
}

const execute = (options: TransferOptions, transfer: Transfer): boolean => {
  if (options.guard === 'atomic') return transferAtomic(options, transfer)
  if (options.guard === 'chosen') return transferInSteps(options, transfer)
  return transferWhole(options, transfer)
}

/** Reads both, then writes both; `write-only` locks around the writing. */
const transferWhole = (options: TransferOptions, { from, to, amount }: Transfer): boolean => {
  const { accounts, gap, probe, guard, locks } = options
  probe?.mark()
  const source = accounts[from] ?? 0
  probe?.step('read', from, source)
  probe?.mark()
  const target = accounts[to] ?? 0
  probe?.step('read', to, target)
  work(gap)
  if (source < amount) return false
  const lock = guard === 'write-only' ? locks.global : null
  take(lock, probe)
  probe?.mark()
  accounts[from] = source - amount
  probe?.step('write', from, source - amount)
  probe?.mark()
  accounts[to] = target + amount
  probe?.step('write', to, target + amount)
  give(lock, probe)
  return true
}

const transferAtomic = ({ accounts, gap, probe }: TransferOptions, transfer: Transfer): boolean => {
  const { from, to, amount } = transfer
  work(gap)
  for (;;) {
    const source = Atomics.load(accounts, from)
    if (source < amount) return false
    probe?.mark()
    // Another thread changed it since: look again, or its change would be overwritten.
    if (Atomics.compareExchange(accounts, from, source, source - amount) !== source) continue
    probe?.step('add', from, source - amount)
    break
  }
  probe?.mark()
  const before = Atomics.add(accounts, to, amount)
  probe?.step('add', to, before + amount)
  return true
}

const transferInSteps = (options: TransferOptions, { from, to, amount }: Transfer): boolean => {
  const { locks, withdrawLock, depositLock } = options
  return (
    change(options, lockOf(locks, withdrawLock, from, to), from, -amount) &&
    change(options, lockOf(locks, depositLock, to, from), to, amount)
  )
}

const lockOf = (locks: BankLocks, chosen: StepLock, own: number, other: number): Mutex | null => {
  switch (chosen) {
    case 'none':
      return null
    case 'global':
      return locks.global
    case 'thread':
      return locks.thread
    case 'own':
      return locks.accounts[own] ?? null
    case 'other':
      return locks.accounts[other] ?? null
  }
}

/** One step: read, add, write. @returns false when the account doesn't hold so much */
const change = (options: TransferOptions, lock: Mutex | null, account: number, by: number): boolean => {
  const { accounts, gap, probe } = options
  take(lock, probe)
  probe?.mark()
  const balance = accounts[account] ?? 0
  probe?.step('read', account, balance)
  const next = balance + by
  work(gap)
  if (next >= 0) {
    probe?.mark()
    accounts[account] = next
    probe?.step('write', account, next)
  }
  give(lock, probe)
  return next >= 0
}
