/** The network of an address. IPv6 is counted per network of 64 bits: one person has many addresses. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const [before, after] = [head, tail].map((half) => half.split(':').filter(Boolean))
  const left = before ?? []
  const zeros = ip.includes('::')
    ? Array.from({ length: Math.max(0, 8 - left.length - (after?.length ?? 0)) }, () => '0')
    : []
  return [...left, ...zeros, ...(after ?? [])].slice(0, 4).join(':')
}
