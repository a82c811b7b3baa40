import type { Language } from './text.ts'

const ROLES = { admin: 'administrator', subadmin: 'moderator', pro: 'pro user' }
const NOT_YOU = 'If this was not you, set a new password at once and look through your sessions.'

export const en: Language = {
  frame: {
    greeting: (fullname) => `Hello ${fullname},`,
    closing: (brand) => `Your ${brand} team`,
  },
  texts: {
    'confirm-address': ({ brand, linkHours }) => ({
      subject: `${brand}: confirm your e-mail address`,
      paragraphs: [
        `Somebody, most likely you, has given this address to ${brand}. Please confirm that it is yours.`,
      ],
      action: 'Confirm this address',
      note: `The link works once, and for ${hours(linkHours)}. If you know nothing of this, there is nothing to do.`,
    }),
    'reset-password': ({ brand, linkHours }) => ({
      subject: `${brand}: set a new password`,
      paragraphs: [
        `Somebody, most likely you, wants to set a new password for your ${brand} account.`,
      ],
      action: 'Set a new password',
      note: `The link works once, and for ${hours(linkHours)}. If you did not ask for it, your password stays as it is.`,
    }),
    'password-changed': ({ brand }) => ({
      subject: `${brand}: your password was changed`,
      paragraphs: [`The password of your ${brand} account was changed just now.`, NOT_YOU],
    }),
    'address-changed': ({ brand }) => ({
      subject: `${brand}: your e-mail address was changed`,
      paragraphs: [
        `Your ${brand} account has a new e-mail address. This one belongs to it no more.`,
        'If this was not you, somebody else has your account: please tell us at once.',
      ],
    }),
    'role-changed': ({ brand, data: { roles } }) => ({
      subject: `${brand}: your role was changed`,
      paragraphs: [
        roles.length === 0
          ? `Your ${brand} account has no special role any more.`
          : `On ${brand} you are now ${roles.map((role) => ROLES[role]).join(' and ')}.`,
        'Please sign in again.',
      ],
    }),
    'personal-data-ready': ({ brand, linkHours }) => ({
      subject: `${brand}: your personal data`,
      paragraphs: [`Everything that ${brand} keeps about you is ready to be downloaded.`],
      action: 'Download',
      note: `The link works for ${hours(linkHours)}, for whoever has it: keep it to yourself.`,
    }),
    'account-erased': ({ brand }) => ({
      subject: `${brand}: your account was erased`,
      paragraphs: [
        `Your ${brand} account was erased, as you asked. What you have contributed stays, without anything that points to you.`,
        'Thank you for your help.',
      ],
    }),
  },
}

function hours(count: number): string {
  if (count >= 48) return `${Math.round(count / 24)} days`
  if (count >= 2) return `${Math.round(count)} hours`
  return count >= 1 ? 'an hour' : `${Math.max(1, Math.round(count * 60))} minutes`
}
