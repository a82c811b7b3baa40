import { ValidationError } from '@manyhands/shared/errors/errors'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { detectType, TextGuard } from './detect-type.ts'
import { storedName } from './stored-name.ts'

const bytes = (...parts: Array<string | number[]>) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  )
const zeros = (count: number) => new Array<number>(count).fill(0)
const blank = sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif') =>
  blank.clone().toFormat(format).toBuffer()

/** The beginnings of real files. */
const HEADS: Record<string, () => Buffer | Promise<Buffer>> = {
  png: () => picture('png'),
  jpg: () => picture('jpeg'),
  gif: () => picture('gif'),
  webp: () => picture('webp'),
  avif: () => picture('avif'),
  mp3: () => bytes('ID3', [3, 0, 0, 0, 0, 15, 118], zeros(100)),
  ogg: () => bytes('OggS', [0, 2], zeros(8), zeros(12), [1, 19], 'OpusHead', zeros(20)),
  wav: () => bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ', zeros(30)),
  m4a: () => bytes([0, 0, 0, 32], 'ftypM4A ', zeros(24)),
  flac: () => bytes('fLaC', [0, 0, 0, 34], zeros(40)),
  mp4: () => bytes([0, 0, 0, 32], 'ftypisom', [0, 0, 2, 0], 'isomiso2avc1mp41', zeros(20)),
  webm: () =>
    bytes(
      [
        0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0xf7, 0x81, 1, 0x42, 0xf2, 0x81, 4,
        0x42, 0xf3, 0x81, 8, 0x42, 0x82, 0x84,
      ],
      'webm',
      [0x42, 0x87, 0x81, 4],
    ),
  pdf: () => bytes('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n'),
  zip: () => bytes('PK', [3, 4, 20, 0, 0, 0, 0, 0], zeros(16), [5, 0, 0, 0], 'a.png', zeros(50)),
}

describe('the type of a file', () => {
  it.each(Object.keys(HEADS))(
    '%s is known by its content, whatever the name says',
    async (extension) => {
      const head = (await HEADS[extension]?.()) ?? Buffer.alloc(0)
      for (const name of ['x', 'evil.html', 'evil.svg', 'x.exe', 'x.txt', '']) {
        expect((await detectType(head, name)).extension).toBe(extension)
      }
    },
  )

  it.each([
    ['table.csv', 'BMI,weight\n21,70\n', 'csv'],
    ['answers.JSON', '[{"a":1}]', 'json'],
    ['notes.txt', 'Grüße\n\tan alle', 'txt'],
  ])('%s is a text', async (name, text, extension) => {
    expect((await detectType(Buffer.from(text), name)).extension).toBe(extension)
  })

  it.each([
    ['a page', 'x.html', '<!doctype html><script>alert(1)</script>'],
    ['a page that says it is a picture', 'x.png', '<html><body>hello</body></html>'],
    ['a page that says it is a text', 'x.txt', '\n\t <HTML>hello'],
    ['a page behind a byte order mark', 'x.csv', '\u{FEFF}<script src="//evil"></script>'],
    [
      'a drawing that can run scripts',
      'x.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    ],
    ['a drawing that says it is a picture', 'x.gif', '<?xml version="1.0"?><svg onload="x()"/>'],
    ['a script', 'x.js', 'alert(document.cookie)'],
    ['a style sheet', 'x.css', 'body { color: red }'],
    ['a script of the shell', 'x.txt', '#!/bin/sh\nrm -rf /\n'],
    ['a text without a name that says so', 'x', 'hello'],
    ['a program', 'x.png', `MZ${'\0'.repeat(100)}PE`],
    ['a page with a picture behind it', 'x.png', `<script>/*${'\u{89}PNG\r\n\u{1a}\n'}*/</script>`],
    ['binary that says it is a text', 'x.csv', 'a,b\n\0\0\0'],
  ])('%s is refused', async (_what, name, content) => {
    await expect(detectType(Buffer.from(content), name)).rejects.toMatchObject({
      fault: 'value',
      issues: [{ field: 'file' }],
    })
  })

  it('of a picture with a script in it is that of the picture, which runs nothing', async () => {
    const gifScript = bytes('GIF89a/*', zeros(40), '*/=1;alert(1)//')
    expect((await detectType(gifScript, 'x.js')).contentType).toBe('image/gif')
    const gifPage = Buffer.concat([await picture('gif'), Buffer.from('<script>alert(1)</script>')])
    expect((await detectType(gifPage, 'x.html')).contentType).toBe('image/gif')
    const jpegZip = Buffer.concat([await picture('jpeg'), bytes('PK', [3, 4], zeros(40))])
    expect((await detectType(jpegZip, 'x.jar')).extension).toBe('jpg')
  })

  it('must be one of those that the endpoint takes', async () => {
    await expect(detectType(await picture('png'), 'x', ['audio'])).rejects.toThrow(ValidationError)
    expect((await detectType(await picture('png'), 'x', ['image'])).extension).toBe('png')
  })
})

describe('a text', () => {
  const check = (...chunks: number[][]) => {
    const guard = new TextGuard()
    for (const chunk of chunks) guard.check(Buffer.from(chunk))
    guard.check(undefined)
  }

  it('may have a letter in two chunks, and nothing that is no letter', () => {
    expect(() => check([0x61, 0xc3], [0xa4])).not.toThrow()
    expect(() => check([0x61], [0xff])).toThrow(ValidationError)
    expect(() => check([0x61], [0x00])).toThrow(ValidationError)
    expect(() => check([0x61, 0xc3])).toThrow(ValidationError)
  })
})

describe('the name of a stored file', () => {
  const RANDOM = '[0-9a-f]{32}'
  it.each([
    ['owl.jpg', 'jpg', 'owl'],
    ['../../etc/passwd', 'txt', 'passwd'],
    ['a\0b/..\\c.png', 'png', 'c'],
    ['.htaccess', 'txt', '1700000000'],
    ['blob', 'png', '1700000000'],
    ['', 'webm', '1700000000'],
    ['наука.png', 'png', '1700000000'],
    ['%2e%2e%2f<b>"\'.png', 'png', '2e_2e_2f_b'],
    [`${'x'.repeat(500)}.png`, 'png', 'x'.repeat(80)],
  ])('%s', (sent, extension, readable) => {
    expect(storedName(sent, extension, 1_700_000_000_999)).toMatch(
      new RegExp(`^${RANDOM}-${readable}\\.${extension}$`),
    )
  })
})
