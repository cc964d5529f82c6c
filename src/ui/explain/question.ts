import type { Protocol } from '../../model/objects.ts';

/** What is asked: both ends as references that `podnet trace` takes, of which cluster, and how to look. */
export interface Question {
  /** `pod/NS/NAME[:CONTAINER]` or `outside`. */
  readonly from: string;
  /** `pod/…`, `svc/…`, `node/…`, `localhost:PORT` or a URL. */
  readonly to: string;
  readonly protocol: Protocol;
  /** '' where the files are asked. */
  readonly context: string;
  /** Whether commands run in the containers of both ends, and this machine tries what is asked from outside; false: by the objects alone. */
  readonly probe: boolean;
  /** Whether the workspace's manifests are asked, as if they were applied to an empty cluster. */
  readonly files?: boolean;
}
