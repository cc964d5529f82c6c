import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { findScenario, scenarios } from '../../src/lab/scenarios/index.ts';
import type { Scenario } from '../../src/lab/scenarios/scenario.ts';
import { causeIds, type CauseId } from '../../src/trace/causeIds.ts';
import type { Finding, Trace } from '../../src/trace/types.ts';
import { run } from '../../src/cli/run.ts';
import { ioOf } from '../unit/cli/support.ts';
import { ScenarioLab } from './world.ts';

/** What only a probe can see; of these the objects alone name no cause, and promise nothing that they cannot. */
const seenByProbesOnly: ReadonlySet<CauseId> = new Set([
  'listens-on-loopback',
  'not-listening',
  'kube-proxy-down',
  'cross-node',
  'mtu',
  'node-port-blocked',
  'egress-blocked',
  'certificate',
  'application-hung',
  'application-error',
  'topology',
  'session-affinity',
]);

/** Causes of connections that work all the same. */
const reachable: ReadonlySet<CauseId> = new Set([
  'policy-not-enforced',
  'selector-matches-others',
  'certificate',
  'application-error',
]);

interface Outcome {
  readonly objects: Trace;
  readonly probed: Trace;
  /** After the first YAML of the decisive cause was applied. */
  readonly mended: Trace | undefined;
}

/** Traces, applies the first YAML of the decisive cause, and starts over while another cause comes to light. */
async function mend(lab: ScenarioLab, first: Trace): Promise<Trace | undefined> {
  let answer = first;
  for (let step = 0; step < 3; step += 1) {
    const cause = answer.causes[0];
    const yaml = cause?.fixes.find((fix) => fix.yaml !== undefined)?.yaml;
    if (cause === undefined || yaml === undefined) return step === 0 ? undefined : answer;
    await lab.apply(yaml);
    answer = await lab.traceUntil(
      ({ verdict, causes }) =>
        verdict === 'reachable' || (first.causes.length > 1 && causes[0]?.id !== cause.id),
    );
    if (answer.verdict === 'reachable') return answer;
  }
  return answer;
}

async function play(scenario: Scenario): Promise<Outcome> {
  const lab = await ScenarioLab.start(scenario);
  try {
    await lab.settled();
    const objects = await lab.trace('--no-probe');
    const probed = await lab.trace();
    return { objects, probed, mended: await mend(lab, probed) };
  } finally {
    await lab.close();
  }
}

/** Starts so many labs at once; what one answers is awaited by its own test. */
function playAll(all: readonly Scenario[], atOnce: number): ReadonlyMap<string, Promise<Outcome>> {
  const running: Promise<unknown>[] = [];
  const outcomes = new Map<string, Promise<Outcome>>();
  for (const [index, scenario] of all.entries()) {
    const before = running[index - atOnce] ?? Promise.resolve();
    const outcome = before.then(() => play(scenario));
    // A failure is told by the test that awaits it.
    running.push(outcome.catch(() => undefined));
    outcomes.set(scenario.id, outcome);
  }
  return outcomes;
}

function decisive({ causes }: Trace, id: string): Finding {
  const [first] = causes;
  assert.equal(first?.id, id, `found ${causes.map((cause) => cause.id).join(', ') || 'no cause'}`);
  return first;
}

describe('scenarios of the practice lab', function () {
  this.timeout(60_000);
  const asked = scenarios.filter(({ ask }) => ask !== undefined);
  let outcomes: ReadonlyMap<string, Promise<Outcome>>;
  before(() => {
    outcomes = playAll(asked, 6);
  });
  const outcomeOf = async (id: string): Promise<Outcome> => {
    const outcome = await outcomes.get(id);
    assert.ok(outcome, `there is no scenario ${id}`);
    return outcome;
  };

  for (const id of causeIds) {
    it(`${id}: is what a trace finds, with evidence and a way out`, async () => {
      const { probed, mended } = await outcomeOf(id);
      const cause = decisive(probed, id);
      assert.equal(probed.cause?.id, id);
      assert.equal(probed.verdict, reachable.has(id) ? 'reachable' : 'unreachable');
      assert.ok(cause.evidence.length > 0, 'no evidence');
      assert.ok(
        cause.evidence.every(({ text }) => text !== ''),
        'empty evidence',
      );
      assert.notEqual(cause.summary, '');
      assert.ok(cause.fixes.length > 0, 'no way out');
      assert.ok(probed.hops.some(({ hop, status }) => hop === cause.hop && /failed|warning/.test(status)));
      const page = readFileSync(path.join(import.meta.dirname, `../../docs/causes/${id}.md`), 'utf8');
      assert.ok(page.includes(`podnet lab --scenario ${id}`), 'its page does not say how to practise it');
      assert.ok(
        page.includes(`podnet trace ${probed.from} ${probed.to}`),
        'its page does not say what to ask',
      );
      for (const { yaml } of cause.fixes) {
        if (yaml === undefined) continue;
        const object = parse(yaml) as { apiVersion?: string; kind?: string; metadata?: { name?: string } };
        assert.ok(
          object.apiVersion && object.kind && object.metadata?.name,
          `not a whole manifest:\n${yaml}`,
        );
      }
      if (mended === undefined) return;
      assert.equal(mended.verdict, 'reachable', JSON.stringify(mended.causes, null, 1));
      assert.ok(!mended.causes.some((left) => left.id === id), 'it is still there after its fix');
    });

    it(`${id}: without probes is claimed no surer than the objects allow`, async () => {
      const { objects } = await outcomeOf(id);
      if (seenByProbesOnly.has(id)) {
        assert.deepEqual(objects.causes, []);
        assert.notEqual(objects.verdict, 'unreachable');
      } else if (id === 'policy-not-enforced') decisive(objects, 'policy-ingress');
      else decisive(objects, id);
      const isCertain = objects.causes.some(({ certainty }) => certainty === 'certain');
      assert.equal(objects.verdict === 'unreachable', isCertain);
      assert.ok(
        objects.notSeen.some((line) => line.includes('no probe was made')),
        'does not say what is unseen',
      );
    });
  }

  it('lesson: that it works is an answer with the same evidence', async () => {
    const { probed } = await outcomeOf('lesson');
    assert.equal(probed.verdict, 'reachable');
    assert.equal(probed.cause, null);
    const used = probed.hops.filter(({ status }) => status !== 'not-used');
    assert.ok(used.length >= 7, `only ${used.map(({ hop }) => hop).join(', ')}`);
    for (const { hop, status, evidence } of used) {
      assert.equal(status, 'ok', hop);
      assert.ok(evidence.length > 0, `${hop} has no evidence`);
    }
    assert.equal(probed.hops.at(-1)?.probe?.httpStatus, 200);
  });

  it('several-causes: lists them all, the decisive one first, and works when all are mended', async () => {
    const { probed, mended } = await outcomeOf('several-causes');
    assert.deepEqual(
      probed.causes.map(({ id }) => id),
      ['policy-ingress', 'target-port-mismatch'],
    );
    assert.equal(mended?.verdict, 'reachable');
  });

  it('mtu: tells the small answer that arrives from the large one that does not', async () => {
    const { probed } = await outcomeOf('mtu');
    const texts = probed.causes[0]?.evidence.map(({ text }) => text) ?? [];
    assert.ok(
      texts.some((text) => /HEAD.*HTTP\/1\.1 200/.test(text)),
      texts.join('\n'),
    );
    assert.ok(texts.some((text) => text.startsWith('inside its own pod')));
  });

  it('let a client from outside in where no firewall stands between', async () => {
    const blocked = findScenario('node-port-blocked');
    assert.ok(blocked);
    const lab = await ScenarioLab.start({ ...blocked, faults: {} });
    try {
      await lab.settled();
      const answer = await lab.trace();
      assert.equal(answer.verdict, 'reachable');
      assert.equal(answer.hops.at(-1)?.probe?.from, 'outside');
      assert.equal(answer.hops.at(-1)?.probe?.httpStatus, 200);
    } finally {
      await lab.close();
    }
  });

  it('are listed by podnet lab, with the question for each', async () => {
    const { io, out } = ioOf({ env: process.env });
    assert.equal(await run(['lab', '--list-scenarios', '-o', 'json'], io), 0);
    const listed = JSON.parse(out()) as { id: string; title: string; ask?: unknown }[];
    assert.deepEqual(
      listed,
      scenarios.map(({ id, title, ask }) => ({ id, title, ...(ask !== undefined && { ask }) })),
    );
    const text = ioOf({ env: process.env });
    assert.equal(await run(['lab', '--list-scenarios'], text.io), 0);
    assert.match(
      text.out(),
      /^mtu +Small packets arrive.*\n +podnet trace pod\/shop\/client svc\/shop\/web$/m,
    );
  });

  it('have one for every cause, each with a sentence', () => {
    for (const id of causeIds) assert.ok(findScenario(id), id);
    for (const { id, title } of scenarios) assert.match(title, /^[A-Z].*\.$/, id);
    assert.equal(new Set(scenarios.map(({ id }) => id)).size, scenarios.length);
  });
});
