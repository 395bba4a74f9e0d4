/** Reads PORT and HOST, and refuses what can't be listened on before anything is started. */
import net from 'node:net'

export const readAddress = (env = process.env) => {
  const port = env.PORT === undefined || env.PORT === '' ? 3000 : Number(env.PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT: got "${env.PORT}", a whole number from 1 to 65535 is accepted`)
  }
  const host = env.HOST || '127.0.0.1'
  return {
    host,
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${port}`,
  }
}

export const refuseOccupied = ({ host, port }) =>
  new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', (error) => {
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `port ${port} is taken: end what listens there, or choose another with PORT=${port + 1} npm start`
            : `can't listen on ${host}:${port}: ${error.message}`,
        ),
      )
    })
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
