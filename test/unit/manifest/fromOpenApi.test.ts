import assert from 'node:assert/strict';
import { corrections } from '../../../src/manifest/schema/corrections.ts';
import { compactSchema, describedSchema } from '../../../src/manifest/schema/fromOpenApi.ts';
import { Schema } from '../../../src/manifest/schema/schema.ts';
import { lintText } from '../../../src/rules/index.ts';

/** As a server describes a custom resource: one schema, written out in place. */
const gadgets = {
  components: {
    schemas: {
      'com.example.v1.Gadget': {
        type: 'object',
        required: ['spec'],
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: {
            allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }],
          },
          spec: {
            type: 'object',
            required: ['size'],
            properties: {
              size: { type: 'integer', description: 'How large it is.' },
              mode: { type: 'string', enum: ['fast', 'slow'] },
              limit: { 'x-kubernetes-int-or-string': true },
              parts: {
                type: 'array',
                items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
              },
              extra: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
                properties: { a: { type: 'string' } },
              },
              free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
        'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Gadget' }],
      },
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
        type: 'object',
        properties: { name: { type: 'string' } },
      },
    },
  },
};

describe('the compact schema of a custom resource', () => {
  const schema = new Schema(compactSchema(gadgets, corrections));
  const codes = (spec: string): readonly string[] =>
    lintText(`apiVersion: example.com/v1\nkind: Gadget\nmetadata:\n  name: g\n${spec}`, { schema })
      .filter((finding) => finding.severity === 'error')
      .map(({ code }) => code);

  it('takes a good one', () => {
    assert.deepEqual(
      codes(
        'spec:\n  size: 3\n  mode: fast\n  limit: 10%\n  parts: [{name: a}]\n  extra: {a: b, c: 1}\n  free: {x: [1]}\n',
      ),
      [],
    );
  });
  it('finds types, values and fields deep inside', () => {
    assert.deepEqual(codes('spec:\n  size: three\n'), ['wrong-type']);
    assert.deepEqual(codes('spec:\n  size: 1\n  mode: quick\n'), ['unknown-value']);
    assert.deepEqual([...codes('spec:\n  size: 1\n  parts: [{nam: a}]\n')].sort(), [
      'missing-field',
      'unknown-field',
    ]);
    assert.deepEqual(codes('spec:\n  mode: fast\n'), ['missing-field']);
    assert.deepEqual(codes(''), ['missing-field']);
  });
  it('takes an empty text for there, as the server of custom resources does', () => {
    assert.deepEqual(codes('spec:\n  size: 1\n  parts: [{name: ""}]\n'), []);
    assert.deepEqual(codes('spec:\n  size: 1\n  mode: ""\n'), ['unknown-value']);
  });
  it('keeps the texts of fields apart', () => {
    const { text, descriptions } = describedSchema(gadgets, corrections);
    assert.equal(descriptions.get('com.example.v1.Gadget.spec.size'), 'How large it is.');
    assert.ok(!text.includes('large'));
  });
});
