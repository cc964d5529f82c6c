import assert from 'node:assert/strict';
import { explainArgument } from '../../../src/ui/explain/argument.ts';

const base = { protocol: 'TCP', probe: true };

describe('What "Explain Connection" is called with', () => {
  it('is a pod or container as the source, a service or endpoint as the target', () => {
    const of = (subject: object): unknown => explainArgument({ subject });
    assert.deepEqual(of({ is: 'pod', namespace: 'a', name: 'web' }), { ...base, from: 'pod/a/web' });
    assert.deepEqual(of({ is: 'container', namespace: 'a', pod: 'web', container: 'nginx' }), {
      ...base,
      from: 'pod/a/web:nginx',
    });
    assert.deepEqual(of({ is: 'service', namespace: 'a', name: 'api' }), { ...base, to: 'svc/a/api' });
    assert.deepEqual(of({ is: 'address', address: '10.0.0.1:80' }), { ...base, to: 'http://10.0.0.1:80/' });
    assert.deepEqual(of({ is: 'check', id: '1' }), base);
  });

  it('is what another command says, field by field', () => {
    const asked = { from: 'pod/a/web', to: 'svc/a/api:80', protocol: 'UDP', probe: false, context: 'prod' };
    assert.deepEqual(explainArgument(asked), asked);
    assert.deepEqual(explainArgument({ to: 'svc/a/api', files: true }), {
      ...base,
      to: 'svc/a/api',
      files: true,
    });
    assert.deepEqual(
      explainArgument({ from: 7, to: '', protocol: 'ICMP', probe: 'no', context: null }),
      base,
    );
    assert.deepEqual(explainArgument(undefined), base);
    assert.deepEqual(explainArgument('text'), base);
  });
});
