import type { Process } from '../system/process.ts';
import { serveUntilEnd } from './serving.ts';

/**
 * A service mesh's sidecar in strict mode: while it runs, its pod takes connections from inside the mesh only, and
 * its own connections count as such. The proxy itself, with its certificates, is not simulated.
 */
export async function meshProxy(process: Process): Promise<number> {
  const { network } = process.kernel;
  network.inMesh = true;
  await process.print('Envoy proxy is ready (practice lab: strict mutual TLS)\n');
  try {
    return await serveUntilEnd(process, []);
  } finally {
    network.inMesh = false;
  }
}
