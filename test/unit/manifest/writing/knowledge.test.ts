import assert from 'node:assert/strict';
import { Meanings } from '../../../../src/manifest/describe/meanings.ts';
import { builtInSchema, type Type } from '../../../../src/manifest/schema/schema.ts';
import { typeAt, typeText } from '../../../../src/manifest/writing/typeAt.ts';
import { Usual } from '../../../../src/manifest/writing/usual.ts';

const schema = builtInSchema();

function isField(path: string): boolean {
  const dot = path.lastIndexOf('.');
  return schema.type(path.slice(0, dot))?.fields.has(path.slice(dot + 1)) ?? false;
}

describe('what we know of fields', () => {
  it('every text is about a field that exists, and says something', () => {
    const meanings = new Meanings();
    assert.ok(meanings.fields.length > 130);
    assert.deepEqual(
      meanings.fields.filter((field) => !isField(field)),
      [],
    );
    for (const field of meanings.fields) {
      const dot = field.lastIndexOf('.');
      assert.match(meanings.of(field.slice(0, dot), field.slice(dot + 1)) ?? '', /\w{2,}.*\.$/, field);
    }
  });

  it('every field of a Service, a mount and a policy has a text', () => {
    const meanings = new Meanings();
    for (const type of [
      'core.v1.ServiceSpec',
      'core.v1.ServicePort',
      'core.v1.VolumeMount',
      'networking.v1.NetworkPolicySpec',
      'networking.v1.NetworkPolicyPeer',
    ]) {
      for (const field of schema.type(type)?.fields.keys() ?? [])
        assert.notEqual(meanings.of(type, field), undefined, `${type}.${field}`);
    }
  });

  it('every usual field and default is of a field that exists', () => {
    assert.deepEqual(
      new Usual().fields.filter((field) => !isField(field)),
      [],
    );
  });

  it('finds the type of a path, through lists and maps', () => {
    const at = (kind: string, path: readonly (string | number)[]): Type | undefined =>
      typeAt([schema], 'v1', kind, path)?.type;
    assert.equal(typeText(at('Pod', ['spec', 'containers']) ?? assert.fail()), 'list of Container');
    assert.equal(typeText(at('Service', ['spec', 'selector', 'app']) ?? assert.fail()), 'text');
    assert.equal(typeText(at('Service', ['spec', 'ports', 0, 'port']) ?? assert.fail()), 'whole number');
    assert.equal(at('Service', ['spec', 'nothing']), undefined);
  });
});
