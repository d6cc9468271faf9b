import type { Engine } from '../../engine/engine.ts'

/** Nobody is here to compare a fingerprint: what nothing vouches for is refused, and the error says so. */
export function refuseCertificates(engine: Engine): void {
  engine.on('trustNeeded', ({ request }) => engine.parts.trust.answer(request, false))
}
