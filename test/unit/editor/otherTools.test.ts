import assert from 'node:assert/strict';
import { rules, textProblems } from '../../../src/rules/index.ts';
import { rulesToLeave, type OtherTools } from '../../../src/ui/editor/otherTools.ts';

const alone: OtherTools = {
  yaml: false,
  kubernetes: false,
  schemas: { kubernetes: '*.yaml' },
  matches: () => true,
  text: '',
};
const text = ['yaml-syntax', 'duplicate-key'];
const fields = ['unknown-field', 'missing-field', 'wrong-type', 'unknown-value'];
const both = [...text, ...fields];

describe('what is left to other extensions', () => {
  it('nothing while we are alone, whatever the settings of others say', () => {
    assert.deepEqual(rulesToLeave('auto', alone), []);
  });
  it('the text alone, where the YAML extension has no Kubernetes schema for the file', () => {
    assert.deepEqual(rulesToLeave('auto', { ...alone, yaml: true, schemas: {} }), text);
    assert.deepEqual(rulesToLeave('auto', { ...alone, yaml: true, matches: () => false }), text);
    const compose = { 'https://example.com/compose.json': ['*.yaml'] };
    assert.deepEqual(rulesToLeave('auto', { ...alone, yaml: true, schemas: compose }), text);
  });
  it('fields, where its settings, the file or the Kubernetes extension give it the schema', () => {
    const yaml = { ...alone, yaml: true };
    assert.deepEqual(rulesToLeave('auto', yaml), both);
    const listed = { 'https://example.com/kubernetes-json-schema/all.json': ['a', 'b'] };
    assert.deepEqual(rulesToLeave('auto', { ...yaml, schemas: listed, matches: (p) => p === 'b' }), both);
    assert.deepEqual(rulesToLeave('auto', { ...yaml, schemas: {}, kubernetes: true }), both);
    const line = '# yaml-language-server: $schema=https://example.com/kubernetes/pod.json\n';
    assert.deepEqual(rulesToLeave('auto', { ...yaml, schemas: {}, text: line }), both);
  });
  it('what the setting says', () => {
    const yaml = { ...alone, yaml: true, kubernetes: true };
    assert.deepEqual(rulesToLeave('on', yaml), []);
    assert.deepEqual(rulesToLeave('off', alone), fields);
  });
  it('only rules that exist', () => {
    const known = new Set([...rules, ...textProblems].map(({ code }) => code));
    assert.deepEqual(
      both.filter((code) => !known.has(code)),
      [],
    );
  });
});
