import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Status } from '../../../src/lab/api/errors.ts';
import { StatusError } from '../../../src/lab/api/errors.ts';
import { ObjectApi } from '../../../src/lab/api/objectApi.ts';
import { resourceOfKind } from '../../../src/lab/resources/catalog.ts';
import { empty } from '../../../src/lab/scenarios/empty.ts';
import { seed } from '../../../src/lab/scenarios/seed.ts';
import { Store } from '../../../src/lab/store/store.ts';
import { recordedLines } from './fixtures.ts';

interface Verdict {
  id: string;
  accepted: boolean;
  status: number;
  causes?: { field: string; reason: string; message: string }[];
  message?: string;
  warnings: string[];
  yaml: string;
}

/** Random identifiers are the only thing that may differ. */
function withoutUids(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID'));
}

describe('the lab judges manifests as the recorded API server did', () => {
  const api = new ObjectApi(new Store({ historyLimit: 1000 }));
  seed(api, empty);

  for (const verdict of recordedLines<Verdict>('verdicts.ndjson')) {
    const object = parse(verdict.yaml, { version: '1.1' }) as { apiVersion: string; kind: string };
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (!resource) {
      it(`${verdict.id}: has no such kind`, () => {
        assert.equal(verdict.status, 404);
      });
      continue;
    }
    it(`${verdict.id}: ${verdict.accepted ? 'accepted' : 'refused'}`, () => {
      let status: Status | undefined;
      let warnings: string[] = [];
      try {
        const options = { manager: 'test', dryRun: true, fieldValidation: 'Strict' } as const;
        ({ warnings } = api.create(resource, 'default', object, options));
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        status = error.status;
      }
      assert.equal(status?.message === undefined, verdict.accepted, status?.message);
      if (verdict.accepted) assert.deepEqual(warnings, verdict.warnings);
      else {
        assert.equal(status?.code, verdict.status);
        assert.deepEqual(withoutUids(status.message), withoutUids(verdict.message));
        if (verdict.causes)
          assert.deepEqual(withoutUids(status.details?.causes), withoutUids(verdict.causes));
      }
    });
  }
});
