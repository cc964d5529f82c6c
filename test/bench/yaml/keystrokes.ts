import { fileFacts } from '../../../src/ui/editor/fileFacts.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { lint } from '../../../src/rules/index.ts';
import { percentile } from './percentile.ts';

const pair = (index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
    spec:
      containers:
        - name: main
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 8080
          volumeMounts:
            - name: cache
              mountPath: /cache
      volumes:
        - name: cache
          emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: app-${index}
spec:
  selector:
    app: app-${index}
  ports:
    - name: http
      port: 80
      targetPort: http
`;

const container = (index: number): string => `    - name: c${index}
      image: nginx:1.29
      ports:
        - name: p${index}
          containerPort: ${1000 + index}
      env:
        - name: A
          value: "1"
      volumeMounts:
        - name: v
          mountPath: /v
`;

/** Files of about 2,000 lines: many documents, and one. */
function files(): Readonly<Record<string, string>> {
  const many = Array.from({ length: 54 }, (_, index) => pair(index)).join('---\n');
  const containers = Array.from({ length: 200 }, (_, index) => container(index)).join('');
  const one = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: big\nspec:\n  containers:\n${containers}  volumes:\n    - name: v\n      emptyDir: {}\n`;
  return { 'many documents': many, 'one document': one };
}

/** What each keystroke costs: reading the new text, the facts for others, all rules. */
export function benchKeystrokes(): void {
  for (const [what, text] of Object.entries(files())) {
    let current = text;
    let file = parse(current);
    lint(file);
    const times: number[] = [];
    for (let stroke = 0; stroke < 400; stroke++) {
      const from = Math.floor((current.length * ((stroke * 7) % 100)) / 100);
      const found = current.indexOf('nginx:1.29', from);
      const at = (found === -1 ? current.indexOf('nginx:1.29') : found) + 'nginx:1.29'.length;
      current = `${current.slice(0, at)}x${current.slice(at)}`;
      const started = performance.now();
      file = parse(current, { previous: file });
      fileFacts(file);
      lint(file);
      // The first strokes run before the machine has compiled what it runs often.
      if (stroke >= 100) times.push(performance.now() - started);
    }
    console.log(
      JSON.stringify({
        bench: 'keystroke',
        what,
        lines: text.split('\n').length,
        medianMs: percentile(times, 0.5),
        p99Ms: percentile(times, 0.99),
      }),
    );
  }
}
