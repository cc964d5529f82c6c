import fc from 'fast-check';
import { structSchema, type FieldSchema, type TypeRef } from '../../../../src/lab/schema/model.ts';
import { protobufNumbers } from '../../../../src/lab/schema/protobufNumbers.ts';

/*
 * Objects with any of the fields that the API's schema has, as an API server sends them in JSON: what is empty and no
 * pointer is left out.
 */

type Json = Record<string, unknown>;

/** Of their fields an object has one. */
const unions: Readonly<Record<string, readonly string[]>> = {
  'core.v1.Volume': ['name'],
  'core.v1.VolumeProjection': [],
  'core.v1.PersistentVolumeSpec': [
    'accessModes',
    'capacity',
    'claimRef',
    'mountOptions',
    'nodeAffinity',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'volumeAttributesClassName',
    'volumeMode',
  ],
  'core.v1.ContainerState': [],
};

/** What a reader compares with, so that it is met. */
const words: Readonly<Record<string, readonly string[]>> = {
  protocol: ['TCP', 'UDP', 'SCTP'],
  operator: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  phase: ['Pending', 'Running', 'Failed', 'Terminating', 'Bound'],
  status: ['True', 'False'],
  type: ['Ready', 'PodScheduled', 'NodePort', 'ExternalName', 'LoadBalancer', 'gate'],
  conditionType: ['Ready', 'gate'],
  clusterIP: ['None', '10.96.0.1'],
  addressType: ['IPv4', 'IPv6', 'FQDN'],
  restartPolicy: ['Always', 'Never'],
  policyTypes: ['Ingress', 'Egress'],
  name: ['a', 'b', 'kubernetes.io/service-name'],
  'labels key': ['app', 'kubernetes.io/service-name', '__proto__', 'constructor'],
  'annotations key': ['storageclass.kubernetes.io/is-default-class'],
  'requests key': ['storage', 'cpu'],
  'capacity key': ['storage', 'cpu'],
};

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });

function named(field: string): fc.Arbitrary<string> {
  const known = words[field];
  return known === undefined ? text : fc.oneof(fc.constantFrom(...known), text);
}

const seconds = fc
  .integer({ min: 0, max: 4_102_444_800 })
  .map((value) => new Date(value * 1000).toISOString().replace('.000Z', 'Z'));

function arbitraryOf(type: TypeRef, field: string): fc.Arbitrary<unknown> {
  switch (type.form) {
    case 'list':
      return fc.array(arbitraryOf(type.items, field), { minLength: 1, maxLength: 3 });
    case 'map':
      return fc
        .array(fc.tuple(named(`${field} key`), arbitraryOf(type.values, field)), {
          minLength: 1,
          maxLength: 3,
        })
        .map((entries) => Object.fromEntries(entries));
    case 'struct':
      return structs(type.name);
    case 'scalar':
      break;
  }
  switch (type.scalar) {
    case 'string':
      return named(field);
    case 'boolean':
      return fc.boolean();
    case 'int32':
    case 'int64':
      return fc.integer({ min: 1, max: 2 ** 31 - 1 });
    case 'number':
      return fc.double({ noNaN: true });
    case 'byte':
      return fc.constant('AQID');
    case 'time':
    case 'microTime':
      return seconds;
    case 'intOrString':
      return fc.oneof(fc.integer({ min: 0, max: 65_535 }), text);
    case 'quantity':
      return fc.constantFrom('1Gi', '250m', '5');
    case 'any':
      return fc.constant({ 'f:metadata': { 'f:name': {} } });
  }
}

const numbered = new Map(
  protobufNumbers
    .trim()
    .split('\n')
    .map((line): [string, ReadonlySet<string>] => {
      const [struct = '', ...fields] = line.slice(1).split(' ');
      return [struct, new Set(fields.map((field) => field.split('=')[0] ?? ''))];
    }),
);

const made = new Map<string, fc.Arbitrary<Json>>();

/** Values of a struct such as `core.v1.Pod`, of whose fields each may be there or not. */
export function structs(name: string): fc.Arbitrary<Json> {
  let arbitrary = made.get(name);
  if (arbitrary !== undefined) return arbitrary;
  const numbers = numbered.get(name);
  if (numbers === undefined) throw new Error(`${name} has no numbers`);
  const fields = [...structSchema(name).fields.values()].filter((field) => numbers.has(field.name));
  const always = unions[name];
  if (always === undefined) arbitrary = record(fields);
  else {
    const [free, sources] = [true, false].map((isFree) =>
      fields.filter((field) => always.includes(field.name) === isFree),
    );
    arbitrary = fc
      .tuple(record(free ?? []), fc.oneof(...(sources ?? []).map((field) => record([field], 1))))
      .map(([base, source]) => ({ ...base, ...source }));
  }
  made.set(name, arbitrary);
  return arbitrary;
}

function record(fields: readonly FieldSchema[], freq = 3): fc.Arbitrary<Json> {
  const entries = fields.map(({ name, type }): [string, fc.Arbitrary<unknown>] => {
    const value = arbitraryOf(type, name);
    return [name, freq === 1 ? value : fc.option(value, { nil: undefined, freq })];
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)));
}
