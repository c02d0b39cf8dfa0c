/** The public plaza is itself a channel: readable by all, writable by every active member (ARCHITECTURE law 2). */
export const plazaId = '00000000-0000-7000-8000-000000000001'
