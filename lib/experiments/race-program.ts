/**
 * What the threads of `race` execute, as lines of code with the lock that each stands under: the programs in workers, told
 * without their bookkeeping. Without zod: the browser shows it.
 */
import type { RaceParams } from './race.ts'
import type { StepLock } from './race-kinds.ts'

export interface ProgramLine {
  text: string
  /** global, thread, own, other; null: no lock. */
  lock: Exclude<StepLock, 'none'> | null
}

export interface Program {
  role: 'every' | 'writer' | 'reader'
  lines: ProgramLine[]
}

type Lock = ProgramLine['lock']

const under = (lock: Lock, ...texts: string[]): ProgramLine[] => texts.map((text) => ({ text, lock }))
const chosen = (lock: StepLock): Lock => (lock === 'none' ? null : lock)

type Asked = Pick<RaceParams, 'scenario' | 'guard' | 'withdrawLock' | 'depositLock'>

export const raceProgram = (params: Asked): Program[] => {
  const { scenario, guard } = params
  const whole: Lock = guard === 'mutex' ? 'global' : guard === 'lock-per-thread' ? 'thread' : null
  const writing: Lock = guard === 'write-only' ? 'global' : whole
  const every = (lines: ProgramLine[]): Program[] => [{ role: 'every', lines }]
  switch (scenario) {
    case 'counter':
      if (guard === 'atomic') return every(under(null, 'Atomics.add(counter, 0, 1)'))
      return every([...under(whole, 'value = counter[0]'), ...under(writing, 'counter[0] = value + 1')])
    case 'bank':
      return every(bank(params, whole, writing))
    case 'lazy-init':
      if (guard === 'atomic') {
        return every(
          under(
            null,
            'if (Atomics.compareExchange(objects, i, MISSING, BEING_BUILT) === MISSING)',
            '  Atomics.store(objects, i, build())',
            'else waitUntilBuilt(i)',
          ),
        )
      }
      return every([...under(whole, 'if (objects[i] === MISSING)'), ...under(writing, '  objects[i] = build()')])
    case 'message':
      return message(guard === 'atomic', whole, writing)
  }
}

const bank = ({ guard, withdrawLock, depositLock }: Asked, whole: Lock, writing: Lock): ProgramLine[] => {
  if (guard === 'atomic') {
    return under(
      null,
      'do { balance = Atomics.load(accounts, from) }',
      'while (Atomics.compareExchange(accounts, from,',
      '         balance, balance - amount) !== balance)',
      'Atomics.add(accounts, to, amount)',
    )
  }
  if (guard === 'chosen') {
    return [
      ...under(chosen(withdrawLock), 'balance = accounts[from]', 'accounts[from] = balance - amount'),
      ...under(null, ''),
      ...under(chosen(depositLock), 'balance = accounts[to]', 'accounts[to] = balance + amount'),
    ]
  }
  return [
    ...under(whole, 'source = accounts[from]', 'target = accounts[to]'),
    ...under(writing, 'accounts[from] = source - amount', 'accounts[to] = target + amount'),
  ]
}

const message = (atomic: boolean, whole: Lock, writing: Lock): Program[] =>
  atomic
    ? [
        { role: 'writer', lines: under(null, 'data[i] = value', 'Atomics.store(flag, i, 1)') },
        { role: 'reader', lines: under(null, 'while (Atomics.load(flag, i) === 0) ;', 'use(data[i])') },
      ]
    : [
        { role: 'writer', lines: under(writing, 'flag[i] = 1', 'data[i] = value') },
        { role: 'reader', lines: under(whole, 'while (flag[i] === 0) ;', 'use(data[i])') },
      ]
