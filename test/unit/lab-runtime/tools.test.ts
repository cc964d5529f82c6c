import assert from 'node:assert/strict';
import { finishedOf, readBatch } from '../../../src/probe/batch/answer.ts';
import { batchCommand, batchInput } from '../../../src/probe/batch/script.ts';
import { ladder, secondLook } from '../../../src/probe/ladder.ts';
import type { CheckTarget } from '../../../src/probe/check.ts';
import type { Probe, Reading } from '../../../src/probe/reading.ts';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

describe('lab tools', () => {
  const world = new World();
  let web: KubeObject;
  const sources: Record<string, KubeObject> = {};
  const image = (name: string): KubeObject => {
    const pod = sources[name];
    assert.ok(pod);
    return pod;
  };
  before(async () => {
    web = world.pod('web', {
      containers: [
        { name: 'c', image: 'httpd' },
        { name: 'greeter', image: 'redis' },
        { name: 'mute', image: 'busybox', command: ['sh', '-c', 'nc -lk -p 9000 -e sleep 1000'] },
      ],
    });
    for (const name of ['debian', 'alpine', 'centos', 'nicolaka/netshoot']) {
      const pod = world.pod(name.replace('/', '-'), {
        containers: [{ name: 'c', image: name, command: ['sleep', '1000'] }],
      });
      sources[name] = pod;
      await world.ready(pod.metadata.name);
    }
    await world.dns();
    world.service('demo', { ip: '10.96.4.5', port: 80, pods: [web] });
    await world.sh(
      image('nicolaka/netshoot'),
      `until curl -s demo && nc -z ${world.address(web)} 6379 && nc -z ${world.address(web)} 9000; do sleep 0.05; done`,
    );
  });
  after(() => world.dispose());

  describe('are read rightly by the probe', () => {
    const limits = { connect: 0.3, total: 0.8 };
    const target = (
      host: string,
      port: number,
      scheme: CheckTarget['scheme'] = 'http',
      path = '/',
    ): CheckTarget => ({
      ref: host,
      host,
      port,
      scheme,
      path,
    });

    async function reasons(probe: Probe, from: KubeObject, wanted: CheckTarget): Promise<string[]> {
      const once = async (one: Probe): Promise<Reading> => {
        const { exit, stdout, stderr } = await world.run(from, one.command(wanted, limits), { input: '' });
        assert.equal(typeof exit, 'number', String(exit));
        return one.read({ exitCode: Number(exit), stdout, stderr }, wanted);
      };
      const first = await once(probe);
      const second = secondLook(first);
      return second ? [first.reason, (await once(second)).reason] : [first.reason];
    }

    const tools: [tool: string, image: string][] = [
      ['curl', 'nicolaka/netshoot'],
      ['wget', 'nicolaka/netshoot'],
      ['wget', 'alpine'],
      ['bash', 'debian'],
      ['bash', 'nicolaka/netshoot'],
      ['perl', 'debian'],
      ['python3', 'nicolaka/netshoot'],
    ];
    for (const [tool, source] of tools) {
      for (const [number, probe] of ladder.filter((candidate) => candidate.tool === tool).entries()) {
        it(`${tool}${number > 0 ? ' without timeout' : ''} in ${source}`, async () => {
          const from = image(source);
          const ip = world.address(web);
          const last = async (wanted: CheckTarget): Promise<string> =>
            (await reasons(probe, from, wanted)).at(-1) ?? '';
          const expected: [CheckTarget, RegExp][] = [
            [target('demo', 80), /^http-answer$/],
            [target('demo', 80, 'http', '/nosuch'), /^http-error-status$/],
            [target('demo', 81), /^refused$/],
            [target(ip, 6379, 'tcp', ''), /^tcp-open$/],
            [target('10.244.1.250', 80), /^no-reply$/],
            [target('nosuch.default.svc.cluster.local', 80), /^name-(unknown|not-resolved)$/],
            ...(/^bash|^wget/.test(tool)
              ? []
              : [[target(ip, 6379), /^not-http$/] satisfies [CheckTarget, RegExp]]),
          ];
          await Promise.all(
            expected.map(async ([wanted, reason]) => assert.match(await last(wanted), reason)),
          );
        });
      }
    }

    for (const [tool, source] of [
      ['curl', 'nicolaka/netshoot'],
      ['curl', 'centos'],
      ['wget', 'alpine'],
      ['bash', 'debian'],
    ] as const) {
      it(`many targets by one exec, with ${tool} in ${source}`, async () => {
        const probe = ladder.find((candidate) => candidate.tool === tool);
        assert.ok(probe);
        const targets = [
          target('demo', 80),
          target('demo', 81),
          target('10.244.1.250', 80),
          target('demo', 80, 'tcp', ''),
          ...Array.from({ length: 20 }, (_, index) => target(world.address(web), 20_000 + index)),
        ];
        const { exit, stdout } = await world.run(image(source), batchCommand({ probe }, limits, 8), {
          input: batchInput(targets),
        });
        const { lines, complete } = readBatch(stdout, targets.length);
        assert.deepEqual([exit, complete], [0, true]);
        const reasons = targets.map((wanted, id) => {
          const line = lines.get(id);
          assert.ok(line);
          return probe.read(finishedOf(probe, line), wanted).reason;
        });
        assert.deepEqual([reasons[0], reasons[3]], ['http-answer', 'tcp-open']);
        assert.match(reasons[2] ?? '', /^no-reply/);
        for (const reason of [reasons[1], ...reasons.slice(4)])
          assert.match(reason ?? '', /^(refused|could-not-connect)$/);
      });
    }

    it('a server that accepts and keeps silent', async () => {
      const [curl] = ladder;
      assert.ok(curl);
      const wanted = target(world.address(web), 9000);
      assert.deepEqual(await reasons(curl, image('nicolaka/netshoot'), wanted), ['silent']);
    });
  });

  it('exist as the image has them', async () => {
    const has = async (name: string, ...tools: string[]): Promise<string> =>
      (
        await world.sh(
          image(name),
          tools.map((tool) => `command -v ${tool} >/dev/null && printf '%s ' ${tool}`).join('; '),
        )
      ).stdout.trim();
    const asked = [
      'curl',
      'wget',
      'bash',
      'perl',
      'python3',
      'nc',
      'nslookup',
      'dig',
      'ping',
      'getent',
      'timeout',
      'ip',
      'ss',
    ];
    assert.equal(await has('debian', ...asked), 'bash perl getent timeout');
    assert.equal(await has('centos', ...asked), 'curl bash getent timeout');
    assert.equal(await has('alpine', ...asked), 'wget nc nslookup ping getent timeout ip');
    assert.equal(await has('nicolaka/netshoot', ...asked), asked.join(' '));
  });

  it('come with packages, in this container only', async () => {
    const debian = image('debian');
    const install = await world.sh(
      debian,
      'apt-get update -qq && apt-get install -y -qq curl netcat-openbsd iproute2 dnsutils iputils-ping >/dev/null && command -v curl nc ss dig ping',
    );
    assert.equal(install.stdout, '/usr/bin/curl\n/usr/bin/nc\n/usr/bin/ss\n/usr/bin/dig\n/usr/bin/ping\n');
    const refused = await world.sh(debian, 'apt-get install -y nosuch-package');
    assert.match(
      refused.stderr,
      /^E: Unable to locate package nosuch-package\npractice lab: there are only the packages /,
    );
    assert.equal(refused.exit, 100);
    const asked = await world.sh(debian, 'apt-get install wget', { input: 'n\n' });
    assert.match(asked.stdout, /Do you want to continue\? \[Y\/n\] Abort\.\n$/);
    assert.equal(asked.exit, 1);
    const alpine = await world.sh(
      image('alpine'),
      'apk add --no-cache bash curl >/dev/null && bash -c "echo ok" && curl -s demo',
    );
    assert.equal(alpine.stdout, 'ok\n<html><body><h1>It works!</h1></body></html>\n');
    const centos = await world.sh(image('centos'), 'yum install -y wget >/dev/null; wget -q -O - demo');
    assert.match(centos.stdout, /It works!/);
  });

  it('listen and talk: nc on both sides', async () => {
    const tools = image('nicolaka/netshoot');
    const { stdout } = await world.sh(
      tools,
      '(echo pong | nc -l 7000 > /tmp/got) & sleep 0.1; echo ping | nc -N localhost 7000; wait; cat /tmp/got',
    );
    assert.equal(stdout, 'pong\nping\n');
    const taken = await world.sh(
      tools,
      'nc -l 7001 & sleep 0.1; nc -l 7001; echo $?; kill %1 2>/dev/null; kill $!',
    );
    assert.match(taken.stdout, /^1\n/);
    assert.match(taken.stderr, /Address already in use/);
  });

  it('ping, show interfaces, routes and sockets', async () => {
    const tools = image('nicolaka/netshoot');
    const ping = await world.run(tools, ['ping', '-c', '1', world.address(web)]);
    assert.match(ping.stdout, /1 packets transmitted, 1 received, 0% packet loss/);
    const lost = await world.run(tools, ['ping', '-c', '1', '-W', '1', '10.244.1.250']);
    assert.equal(lost.exit, 1);
    const shown = await world.sh(tools, 'ip -br addr; hostname -i; ip route | head -1');
    const own = world.address(tools);
    assert.match(
      shown.stdout,
      new RegExp(`eth0@if2 +UP +${own}/24 \\n${own}\\ndefault via 10\\.244\\.1\\.1 dev eth0`),
    );
    const sockets = await world.sh(tools, 'nc -l 7002 & sleep 0.1; ss -tln; netstat -tln; kill $!');
    assert.match(sockets.stdout, /LISTEN 0 +511 +0\.0\.0\.0:7002 +0\.0\.0\.0:\*/);
    assert.match(sockets.stdout, /tcp {8}0 {6}0 0\.0\.0\.0:7002 +0\.0\.0\.0:\* +LISTEN/);
  });

  it('work on files as learners expect', async () => {
    const debian = image('debian');
    const script = `cd "$(mktemp -d)"; printf 'b 2\\na 1\\n' > f; sort f | awk '{print $2}' | paste -sd, -
      mkdir -p x/y; cp f x/y/; find . -name f | sort; grep -rc 1 x | sort; sed -i s/a/c/ f; cat f; ln -s f l; readlink l
      tar cf t.tar f x; mkdir o; tar xf t.tar -C o; ls o; wc -l < f; echo 'a b' | tr ' ' '\\n'; head -c 3 f; echo
      stat -c '%a %s' f; chmod 600 f; ls -l f | cut -d' ' -f1; md5sum /dev/null | cut -c1-8; seq 3 | tac | xargs; date +%Y | wc -c
      find . -name f -exec basename {} \\; | sort -u; basename /a/b.c .c; dirname /a/b; echo hello | tee g; du -s g >/dev/null && echo ok`;
    const { stdout, stderr } = await world.sh(debian, script);
    assert.equal(stderr, '');
    assert.deepEqual(stdout.split('\n'), [
      '1,2',
      './f',
      './x/y/f',
      'x/y/f:1',
      'b 2',
      'c 1',
      'f',
      'f',
      'x',
      '2',
      'a',
      'b',
      'b 2',
      '644 8',
      '-rw-------',
      'd41d8cd9',
      '3 2 1',
      '5',
      'f',
      'b',
      '/a',
      'hello',
      'ok',
      '',
    ]);
  });

  it('say plainly what they cannot do', async () => {
    const tools = image('nicolaka/netshoot');
    assert.match(
      (await world.run(tools, ['perl', '-e', 'print 1+1'])).stderr,
      /the practice lab's perl only runs connection tests/,
    );
    assert.match(
      (await world.run(tools, ['python3', '-c', 'print(1)'])).stderr,
      /the practice lab's python3 only runs connection tests/,
    );
    assert.match((await world.run(image('centos'), ['yum', 'install', '-y', 'vim'])).stdout, /Complete!/);
    assert.match(
      (await world.run(image('centos'), ['vi', 'x'])).stderr,
      /the practice lab has no full-screen editor/,
    );
  });

  it('run the one-liners of lessons: perl and python sockets, a file server', async () => {
    const tools = image('nicolaka/netshoot');
    const line =
      '$s=IO::Socket::INET->new(PeerAddr=>$ARGV[0],PeerPort=>$ARGV[1],Timeout=>1);print $s?"OK":$@';
    const perl = async (...args: string[]): Promise<string> =>
      (await world.run(tools, ['perl', '-MIO::Socket::INET', '-e', line, ...args])).stdout;
    assert.equal(await perl('demo', '80'), 'OK');
    assert.equal(await perl('demo', '81'), 'IO::Socket::INET: connect: Connection refused');
    assert.equal(await perl('10.244.1.250', '80'), 'IO::Socket::INET: connect: timeout');
    const python = await world.run(tools, [
      'python3',
      '-c',
      "import socket; socket.create_connection(('demo', 81), 2)",
    ]);
    assert.match(python.stderr, /ConnectionRefusedError: \[Errno 111\] Connection refused\n$/);
    const served = await world.sh(
      tools,
      'cd /tmp && echo page > index.html && python3 -m http.server 8000 >/dev/null 2>&1 & sleep 0.2; curl -s localhost:8000; kill $!',
    );
    assert.equal(served.stdout, 'page\n');
  });
});
