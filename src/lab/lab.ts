/** Puts a lab together: store, API, control plane, runtime, server, kubeconfig. */
import { ObjectApi } from './api/objectApi.ts';
import { startChurn } from './bigCluster/churn.ts';
import { fillStore } from './bigCluster/fill.ts';
import { startControllers } from './controllers/all.ts';
import { EventRecorder } from './controllers/events.ts';
import type { FaultPlan } from './faults/plan.ts';
import { startServer } from './http/server.ts';
import { Accounts, adminUser, viewerUser } from './http/users.ts';
import { kubeconfigText, writeKubeconfig } from './kubeconfig.ts';
import * as catalog from './resources/catalog.ts';
import type { WorldFaults } from './runtime/network/faults.ts';
import type { ClusterView, PodRuntime } from './runtime/types.ts';
import { startFaults } from './scenarios/startFaults.ts';
import { namespaceOf, type Scenario } from './scenarios/scenario.ts';
import { seed } from './scenarios/seed.ts';
import { Store } from './store/store.ts';
import { makeServerCertificate } from './tls/certificates.ts';

export interface LabOptions {
  scenario: Scenario;
  createRuntime: (view: ClusterView, faults: WorldFaults) => PodRuntime;
  /** 0 takes a free port. */
  port: number;
  /** Where to write the kubeconfig; a new temporary folder by default. */
  kubeconfigPath?: string;
  /** Adds a context for a user who may only look at namespace `default`. */
  withViewer?: boolean;
  /** Changes a kind remembers for watches; older ones are answered by 410 Gone. */
  historyLimit?: number;
  /** So many generated pods with their services and nodes; then nothing runs, and no controller changes anything. */
  generatedPods?: number;
  /** Changes of generated pods a second. */
  churn?: number;
  /** Faults of the API from the start; none by default. */
  apiFaults?: FaultPlan;
  /** Told of faults inside the lab that no request waits for. */
  onError: (where: string, error: unknown) => void;
}

export interface Lab {
  /** `https://127.0.0.1:PORT` */
  server: string;
  kubeconfig: string;
  api: ObjectApi;
  /** Stops everything and removes the kubeconfig. */
  close(): Promise<void>;
}

/** The runtime's view of the store: always the present state. */
export function clusterView(store: Store): ClusterView {
  return {
    pods: () => store.list(catalog.pods),
    services: () => store.list(catalog.services),
    endpointSlices: () => store.list(catalog.endpointSlices),
    nodes: () => store.list(catalog.nodes),
    networkPolicies: () => store.list(catalog.networkPolicies),
    otherPolicies: () => store.list(catalog.ciliumNetworkPolicies),
    configMaps: () => store.list(catalog.configMaps),
    secrets: () => store.list(catalog.secrets),
    namespaces: () => store.list(catalog.namespaces),
  };
}

/** Starts a lab on 127.0.0.1; rejects where the port is taken or the kubeconfig cannot be written. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const store = new Store({ historyLimit: options.historyLimit ?? 2000 });
  const api = new ObjectApi(store);
  const faults = options.scenario.faults ?? {};
  const runtime = options.createRuntime(clusterView(store), faults);
  const certificate = makeServerCertificate();
  const accounts = new Accounts();
  const users = [{ context: 'podnet-lab', token: accounts.add(adminUser) }];
  if (options.withViewer) users.push({ context: 'podnet-lab-viewer', token: accounts.add(viewerUser) });

  const plane = { api, recorder: new EventRecorder(api), onError: options.onError };
  const { generatedPods } = options;
  const stopControllers =
    generatedPods === undefined
      ? startControllers(plane, { runtime, authority: certificate.authority })
      : () => Promise.resolve();
  const stopFaults = startFaults(plane, faults);
  const stopAll = async (): Promise<void> => {
    await stopFaults();
    await stopControllers();
    await runtime.dispose();
  };
  try {
    seed(api, options.scenario);
    if (generatedPods !== undefined) fillStore(store, generatedPods);
    const churn = options.churn === undefined ? undefined : startChurn(store, options.churn);
    const server = await startServer({
      api,
      runtime,
      accounts,
      certificate,
      port: options.port,
      ...(options.apiFaults && { faults: options.apiFaults }),
    });
    const url = `https://127.0.0.1:${server.port}`;
    try {
      const text = kubeconfigText(url, certificate.authority, users, namespaceOf(options.scenario));
      const file = await writeKubeconfig(text, options.kubeconfigPath);
      return {
        server: url,
        kubeconfig: file.path,
        api,
        close: async () => {
          churn?.stop();
          await server.close();
          await file.remove();
          await stopAll();
        },
      };
    } catch (error) {
      await server.close();
      throw error;
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
}
