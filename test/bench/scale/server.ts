/**
 * The practice lab with a generated cluster, in a process of its own, so that a client is measured alone. Told by
 * messages of its parent process; counts what clients cost it.
 */
import diagnostics from 'node:diagnostics_channel';
import { startChurn } from '../../../src/lab/bigCluster/churn.ts';
import type { Churn } from '../../../src/lab/bigCluster/churn.ts';
import { startLab } from '../../../src/lab/lab.ts';
import { createRuntime } from '../../../src/lab/runtime/runtime.ts';
import { empty } from '../../../src/lab/scenarios/empty.ts';
import type { ServerAnswer, ServerRequest } from './messages.ts';

let requests = 0;
let connections = 0;
let churn: Churn | undefined;
diagnostics.subscribe('http.server.request.start', () => (requests += 1));
diagnostics.subscribe('net.server.socket', () => (connections += 1));

const lab = await startLab({
  scenario: empty,
  createRuntime: (view) => createRuntime(view),
  port: 0,
  generatedPods: Number(process.argv[2]),
  onError: (where, error) => console.error(where, error),
});

function say(answer: ServerAnswer): void {
  process.send?.(answer);
}

process.on('message', (request: ServerRequest) => {
  switch (request.is) {
    case 'count':
      say({ is: 'counted', requests, connections });
      requests = 0;
      connections = 0;
      return;
    case 'churn':
      churn = startChurn(lab.api.store, request.rate);
      say({ is: 'churning' });
      return;
    case 'still':
      say({ is: 'still', changes: churn?.stop() ?? 0 });
      return;
  }
});
process.on('disconnect', () => void lab.close().then(() => process.exit()));
say({ is: 'started', kubeconfig: lab.kubeconfig });
