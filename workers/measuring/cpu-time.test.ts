import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseContextSwitches, parseSchedstat, readThreadUsage, usageBetween } from './cpu-time.ts'

/** As Linux 6.18 printed it. */
const status = `Name:\tnode-MainThread
Umask:\t0022
State:\tR (running)
Tgid:\t20615
Pid:\t20615
Cpus_allowed_list:\t0-1
Mems_allowed_list:\t0
voluntary_ctxt_switches:\t8
nonvoluntary_ctxt_switches:\t230
`

test('schedstat is nanoseconds running and waiting', () => {
  assert.deepEqual(parseSchedstat('18032164 671203 9\n'), { cpuUs: 18032.164, waitingForCoreUs: 671.203 })
})

test('a kernel that does not count, and anything else, is no schedstat', () => {
  for (const text of ['0 0 0\n', '0 0 1\n', '', '12\n', 'a b c\n', '-5 2 1\n'])
    assert.equal(parseSchedstat(text), null, text)
})

test('voluntary and involuntary switches are told apart though one name ends like the other', () => {
  assert.deepEqual(parseContextSwitches(status), { voluntary: 8, involuntary: 230 })
  assert.deepEqual(parseContextSwitches('nonvoluntary_ctxt_switches:\t230\n'), null)
  assert.equal(parseContextSwitches(''), null)
})

test('a reading takes the CPU time from schedstat, and from the runtime where there is none', () => {
  assert.deepEqual(
    readThreadUsage((file) => (file === 'status' ? status : '2000000 1000 4\n')),
    { cpuUs: 2000, waitingForCoreUs: 1, contextSwitches: { voluntary: 8, involuntary: 230 } },
  )
  const elsewhere = readThreadUsage(() => null)
  assert.ok(elsewhere.cpuUs > 0)
  assert.deepEqual([elsewhere.waitingForCoreUs, elsewhere.contextSwitches], [null, null])
})

test('the difference of two readings is per figure, unknown where one of them is', () => {
  const known = { cpuUs: 10, waitingForCoreUs: 4, contextSwitches: { voluntary: 1, involuntary: 2 } }
  const later = { cpuUs: 25, waitingForCoreUs: 5, contextSwitches: { voluntary: 4, involuntary: 2 } }
  assert.deepEqual(usageBetween(known, later), {
    cpuUs: 15,
    waitingForCoreUs: 1,
    contextSwitches: { voluntary: 3, involuntary: 0 },
  })
  assert.deepEqual(usageBetween(known, { cpuUs: 11, waitingForCoreUs: null, contextSwitches: null }), {
    cpuUs: 1,
    waitingForCoreUs: null,
    contextSwitches: null,
  })
})

test('on this machine computing uses the CPU, and never more than passes on the clock by a scheduler tick', () => {
  const startedAt = process.hrtime.bigint()
  const before = readThreadUsage()
  let spent = 0
  // Ends when the clock that is tested has moved by 20 ms, however busy the machine is.
  while (spent < 20_000) spent = readThreadUsage().cpuUs - before.cpuUs
  const passed = Number(process.hrtime.bigint() - startedAt) / 1000
  const used = usageBetween(before, readThreadUsage())
  assert.ok(used.cpuUs >= 20_000 && used.cpuUs <= passed + 10_000, `${used.cpuUs} of ${passed}`)
})
