import { Document, isScalar, isSeq, visit } from 'yaml';
import type { Chance } from './anyManifest.ts';

/** Writes an object as YAML, in one of the styles that people use. */
export function writeYaml(object: unknown, chance: Chance): string {
  const document = new Document(object, { version: '1.1' });
  const flows = chance(2);
  visit(document, {
    Seq(_key, node) {
      if (flows === 0 && isSeq(node) && node.items.every(isScalar)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: chance(1) === 0, flowCollectionPadding: false });
}

export type Damage = 'indentation lost' | 'lines joined' | 'mixed' | 'partly lost';

/** Takes structure from a YAML text, as copying it from a page does. */
export function flatten(yaml: string, damage: Damage, chance: Chance): string {
  const lines = yaml.trimEnd().split('\n');
  switch (damage) {
    case 'indentation lost':
      return lines.map((line) => line.trimStart()).join('\n') + '\n';
    case 'lines joined':
      return lines
        .map((line) => line.trim())
        .filter(Boolean)
        .join(' ');
    case 'mixed': {
      let text = '';
      for (const line of lines) text += (text === '' ? '' : chance(1) === 0 ? ' ' : '\n') + line.trim();
      return `${text}\n`;
    }
    case 'partly lost':
      return lines.map((line) => (chance(3) === 0 ? line.trimStart() : line)).join('\n') + '\n';
  }
}
