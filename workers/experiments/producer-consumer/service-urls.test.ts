import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import { withoutAddress } from './service-urls.ts'

test('an error of the system is told by its code, since its message has the address', async () => {
  const [refused] = await once(net.connect({ host: '127.0.0.1', port: 9 }), 'error')
  assert.match(String(refused), /127\.0\.0\.1:9/)
  assert.equal(withoutAddress(refused), 'ECONNREFUSED')
  // A name with several addresses: several attempts failed.
  const several = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:9')]), { code: 'ECONNREFUSED' })
  assert.equal(withoutAddress(several), 'ECONNREFUSED')
})

test('users, hosts and databases that a server names are taken out, and the rest is left', () => {
  const said = (message: string): string => withoutAddress(new Error(message))
  assert.equal(said('password authentication failed for user "jane"'), 'password authentication failed for user ***')
  assert.equal(
    said('no pg_hba.conf entry for host "10.1.2.3", user "jane", database "books", no encryption'),
    'no pg_hba.conf entry for host ***, user ***, database ***, no encryption',
  )
  assert.equal(said('relation "message" does not exist'), 'relation "message" does not exist')
})
