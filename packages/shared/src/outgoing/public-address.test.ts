import { describe, expect, it } from 'vitest'
import { isPublicAddress, refusalOfAddress } from './public-address.ts'

describe('isPublicAddress', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'no address',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('refusalOfAddress', () => {
  it.each([
    'http://localhost/hook',
    'http://127.0.0.1:8080/',
    'http://2130706433/',
    'http://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
  ])('finds %s inside a private network', async (url) => {
    expect(await refusalOfAddress(url, false)).toContain('private network')
    expect(await refusalOfAddress(url, true)).toBeUndefined()
  })

  it('refuses other schemes and credentials whatever the network', async () => {
    expect(await refusalOfAddress('ftp://1.1.1.1/', true)).toContain('http')
    expect(await refusalOfAddress('https://me:secret@1.1.1.1/', true)).toContain('password')
  })

  it('takes a public address, and a name that nobody knows just now', async () => {
    expect(await refusalOfAddress('https://1.1.1.1/hook', false)).toBeUndefined()
    expect(await refusalOfAddress('https://nobody.invalid/hook', false)).toBeUndefined()
  })
})
