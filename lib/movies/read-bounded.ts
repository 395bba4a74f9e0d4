/** Reads a body as text up to a limit. Leaving the loop early destroys the stream, and with it the connection it came on. */
export const readBounded = async (body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | null> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks, bytes))
}
