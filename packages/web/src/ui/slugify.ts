/** An address made from a name: "Église & Cité" becomes "eglise-cite". Letters without a Latin base
 *  stay as they are, since addresses may hold them. */
export function slugify(name: string, longest = 255): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '')
}
