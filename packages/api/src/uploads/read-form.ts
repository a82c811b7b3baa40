import type { Readable } from 'node:stream'
import { TooLargeError, ValidationError } from '@manyhands/shared/errors/errors'
import busboy, { type Busboy } from 'busboy'
import { tooLarge } from './incoming-file.ts'

/** The text parts of a form, by name, as they were sent. */
export type TextParts = Map<string, string>

export interface FormLimits {
  /** Of the file; MAX_UPLOAD_BYTES. The form as a whole may have as much as both, and its boundaries. */
  fileBytes: number
  /** Of all text parts together; MAX_BODY_BYTES. */
  textBytes: number
  parts: number
}

/** Boundaries and the headers of the parts. */
const BOUNDARY_BYTES = 100_000

/** What is done with the file. It is called once, with the text parts that came before the file; the form
 *  is read on while it reads the content. */
export type FileHandler = (content: Readable, name: string, before: TextParts) => Promise<void>

/** Reads a `multipart/form-data` body in constant memory: the texts are returned, the part `file` goes to
 *  `onFile`, other files are passed over. Ends once `onFile` has. Throws what `onFile` throws,
 *  ValidationError for a form that is none or is cut off, TooLargeError for too much text. */
export async function readForm(
  request: Request,
  limits: FormLimits,
  onFile: FileHandler,
): Promise<TextParts> {
  const largest = limits.fileBytes + limits.textBytes + BOUNDARY_BYTES
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge(limits.fileBytes)
  const parser = openParser(request.headers, limits)
  const texts: TextParts = new Map()
  let handling: Promise<void> | undefined
  let failure: unknown
  // Without `cancel`: that would cut the connection, and the client would never read why it was refused.
  const reader = request.body?.getReader()
  const fail = (error: unknown) => {
    failure ??= error
    parser.destroy(asRefusal(failure))
    reader?.releaseLock()
  }

  let bytes = 0
  let textBytes = 0
  parser.on('field', (name, value, info) => {
    textBytes += Buffer.byteLength(name ?? '') + Buffer.byteLength(value)
    if (textBytes > limits.textBytes || info.valueTruncated) {
      fail(new TooLargeError(limits.textBytes, 'The text of the form', 'MAX_BODY_BYTES'))
    } else if (name && !texts.has(name)) texts.set(name, value)
  })
  parser.on('file', (name, content, { filename }) => {
    // A form that is cut off is reported by the parser as well.
    content.on('error', () => {})
    if (name !== 'file') return void content.resume()
    if (handling) return fail(badForm('file', 'One file is accepted, there are more'))
    handling = onFile(content, filename ?? '', texts)
    handling.catch(fail)
  })
  parser.on('partsLimit', () => fail(badForm('', `More than ${limits.parts} parts`)))
  parser.on('error', fail)

  try {
    for (;;) {
      const { done, value } = (await reader?.read().catch(cutOff)) ?? NOTHING
      if (done || failure) break
      bytes += value.length
      if (bytes > largest) throw tooLarge(limits.fileBytes)
      await written(parser, value)
    }
    await ended(parser)
    await handling
  } catch (error) {
    // With a failure this is only its echo: the reader was taken away.
    fail(error)
  }
  if (!failure) return texts
  // Whatever the handler had begun is undone by then.
  await Promise.allSettled([handling])
  throw asRefusal(failure)
}

function openParser(headers: Headers, limits: FormLimits): Busboy {
  try {
    return busboy({
      headers: { 'content-type': headers.get('content-type') ?? '' },
      defParamCharset: 'utf8',
      limits: { parts: limits.parts, fieldNameSize: 200, fieldSize: limits.textBytes + 1 },
    })
  } catch {
    throw badForm('', 'This is no multipart/form-data with a boundary')
  }
}

/** Resolves once the parser can take more, or is closed. */
function written(parser: Busboy, chunk: Uint8Array): Promise<void> | undefined {
  if (parser.destroyed || parser.write(chunk)) return undefined
  return new Promise((resolve) => {
    const go = () => {
      parser.off('drain', go)
      parser.off('close', go)
      resolve()
    }
    parser.on('drain', go)
    parser.on('close', go)
  })
}

function ended(parser: Busboy): Promise<void> {
  return new Promise((resolve) => {
    if (parser.closed) return resolve()
    parser.once('close', resolve)
    if (!parser.destroyed) parser.end()
  })
}

const NOTHING = { done: true, value: undefined } as const

function cutOff(): never {
  throw badForm('', 'The upload was cut off')
}

function badForm(field: string, message: string): ValidationError {
  return new ValidationError(message, 'value', [{ field, message }])
}

const BUSBOY = /^(Unexpected end of|Malformed part header|Malformed content)/

/** What the parser has to say about the form, as a refusal. */
function asRefusal(error: unknown): Error {
  if (error instanceof Error && BUSBOY.test(error.message)) {
    return badForm('', `The form is not whole: ${error.message}`)
  }
  return error instanceof Error ? error : new Error(String(error))
}
