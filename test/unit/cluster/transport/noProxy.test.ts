import assert from 'node:assert/strict';
import { proxyFor as find } from '../../../../src/cluster/transport/noProxy.ts';

describe('the proxy from the environment', () => {
  const proxyFor = (server: string, noProxy = '', more: Record<string, string> = {}): string | undefined =>
    find(new URL(server), { HTTPS_PROXY: 'proxy:3128', NO_PROXY: noProxy, ...more });

  it('is taken for the scheme of the server, never for this machine', () => {
    assert.equal(proxyFor('https://api.example:6443'), 'http://proxy:3128');
    assert.equal(proxyFor('https://api.example', '', { HTTPS_PROXY: 'socks5://s:1' }), 'socks5://s:1');
    assert.equal(proxyFor('http://api.example'), undefined);
    assert.equal(proxyFor('http://api.example', '', { http_proxy: 'http://p:1' }), 'http://p:1');
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]']) {
      assert.equal(proxyFor(`https://${host}:6443`), undefined, host);
    }
  });

  for (const [noProxy, server, excluded] of [
    ['*', 'https://api.example', true],
    ['api.example', 'https://api.example', true],
    ['example', 'https://api.example', true],
    ['xample', 'https://api.example', false],
    ['.example', 'https://api.example', true],
    ['*.example', 'https://api.example', true],
    ['.api.example', 'https://api.example', false],
    ['API.Example', 'https://api.example', true],
    ['other, api.example:6443', 'https://api.example:6443', true],
    ['api.example:443', 'https://api.example', true],
    ['api.example:444', 'https://api.example', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://ten.example', false],
    ['10.1.2.3', 'https://10.1.2.3:6443', true],
    ['fd00::/8', 'https://[fd00::1]:6443', true],
    ['fd00::1', 'https://[fd00::1]:6443', true],
    ['[fd00::1]:6443', 'https://[fd00::1]:6443', true],
    ['[fd00::1]:1', 'https://[fd00::1]:6443', false],
    ['', 'https://api.example', false],
  ] as const) {
    it(`${excluded ? 'skips' : 'keeps'} ${server} for NO_PROXY=${noProxy}`, () => {
      assert.equal(proxyFor(server, noProxy) === undefined, excluded);
    });
  }

  it('gives way to what is set elsewhere only where the environment names none', () => {
    const settings = { proxy: 'http://vscode:8080', noProxy: ['.internal', '10.0.0.0/8'] };
    const url = (text: string): URL => new URL(text);
    assert.equal(find(url('https://api.example'), {}, settings), 'http://vscode:8080');
    assert.equal(find(url('http://api.example'), {}, settings), 'http://vscode:8080');
    assert.equal(find(url('https://api.example'), { HTTPS_PROXY: 'p:1' }, settings), 'http://p:1');
    assert.equal(find(url('https://api.internal'), { HTTPS_PROXY: 'p:1' }, settings), 'http://p:1');
    assert.equal(find(url('https://api.internal'), {}, settings), undefined);
    assert.equal(find(url('https://10.1.2.3:6443'), {}, settings), undefined);
    assert.equal(find(url('https://api.example'), { NO_PROXY: 'api.example' }, settings), undefined);
    assert.equal(find(url('https://127.0.0.1:6443'), {}, settings), undefined);
    assert.equal(find(url('https://api.example'), {}, { proxy: '', noProxy: [] }), undefined);
  });
});
