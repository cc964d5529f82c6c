/** A lab in this process with a stand-in runtime, and an HTTPS client of it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import type { ObjectApi } from '../../../src/lab/api/objectApi.ts';
import { startLab } from '../../../src/lab/lab.ts';
import type { Lab } from '../../../src/lab/lab.ts';
import { empty } from '../../../src/lab/scenarios/empty.ts';
import type { Scenario } from '../../../src/lab/scenarios/scenario.ts';
import { FakeRuntime } from './fakeRuntime.ts';

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  body: Json;
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** null sends no token. */
  token?: string | null;
}

export interface WatchEvent {
  type: string;
  object: Json & { metadata: Json & { name: string; resourceVersion: string } };
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { name: string; user: { token: string } }[];
}

export class TestLab {
  readonly runtime: FakeRuntime;
  readonly lab: Lab;
  readonly authority: string;
  readonly token: string;
  readonly viewerToken: string;
  readonly complaints: string[];
  readonly #folder: string;

  private constructor(
    lab: Lab,
    runtime: FakeRuntime,
    folder: string,
    config: Kubeconfig,
    complaints: string[],
  ) {
    this.lab = lab;
    this.runtime = runtime;
    this.#folder = folder;
    this.complaints = complaints;
    this.authority = Buffer.from(
      config.clusters[0]!.cluster['certificate-authority-data'],
      'base64',
    ).toString();
    this.token = config.users[0]!.user.token;
    this.viewerToken = config.users[1]!.user.token;
  }

  static async start(options: { scenario?: Scenario; historyLimit?: number } = {}): Promise<TestLab> {
    const folder = await mkdtemp(join(tmpdir(), 'podnet-unit-'));
    const runtime = new FakeRuntime();
    const complaints: string[] = [];
    const lab = await startLab({
      scenario: options.scenario ?? empty,
      createRuntime: () => runtime,
      port: 0,
      kubeconfigPath: join(folder, 'kubeconfig'),
      withViewer: true,
      onError: (where, error) => complaints.push(`${where}: ${String(error)}`),
      ...(options.historyLimit === undefined ? {} : { historyLimit: options.historyLimit }),
    });
    const config = parse(await readFile(lab.kubeconfig, 'utf8')) as Kubeconfig;
    return new TestLab(lab, runtime, folder, config, complaints);
  }

  get api(): ObjectApi {
    return this.lab.api;
  }

  /** Ends the lab; fails where a controller had something to complain about. */
  async stop(): Promise<void> {
    await this.lab.close();
    await rm(this.#folder, { recursive: true, force: true });
    assert.deepEqual(this.complaints, []);
  }

  async #open(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const token = options.token === undefined ? this.token : options.token;
    const { body } = options;
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    const content = body === undefined ? '' : raw ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${this.lab.server}${path}`,
        {
          method: options.method ?? 'GET',
          ca: this.authority,
          agent: false,
          headers: {
            ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
            ...(body === undefined
              ? {}
              : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(content)) }),
            ...options.headers,
          },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }

  async request(path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#open(path, options);
    let text = '';
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
    const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Json) : {},
    };
  }

  /** The body of a request that must succeed. */
  async ok<T = Json>(path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.request(path, options);
    assert.ok(answer.status < 300, `${options.method ?? 'GET'} ${path}: ${answer.text}`);
    return answer.body as T;
  }

  create<T = Json>(path: string, body: unknown): Promise<T> {
    return this.ok<T>(path, { method: 'POST', body });
  }

  /** The events of a watch until it ends, or `enough` says so. */
  async watch(
    path: string,
    enough: (events: readonly WatchEvent[]) => boolean = () => false,
    headers: Record<string, string> = {},
  ): Promise<WatchEvent[]> {
    const response = await this.#open(path, { headers });
    assert.equal(response.statusCode, 200);
    const events: WatchEvent[] = [];
    for await (const line of createInterface({ input: response })) {
      events.push(JSON.parse(line) as WatchEvent);
      if (enough(events)) break;
    }
    response.destroy();
    return events;
  }

  /** Waits until a read gives what is wanted. */
  async until<T>(read: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + 9_000;
    while (Date.now() < deadline) {
      const value = await read();
      if (value !== undefined) return value;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('what the test waits for did not happen within nine seconds');
  }
}

/** A pod of one container. */
export function simplePod(name: string, more: Json = {}): Json {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(more.metadata as Json | undefined) },
    spec: {
      containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }],
      ...(more.spec as Json | undefined),
    },
  };
}
