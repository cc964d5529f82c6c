import { lintText } from '../../src/rules/index.ts';

/** A file of `workloads` Deployments, each with its Service and NetworkPolicy: about 50 lines each. */
function manifestOf(workloads: number): string {
  return Array.from({ length: workloads }, (_, index) => {
    const name = `app-${index}`;
    return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: nginx:1.29
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /
              port: http
          volumeMounts:
            - name: cache
              mountPath: /var/cache/nginx
      volumes:
        - name: cache
          emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  ingress:
    - ports:
        - port: http
`;
  }).join('---\n');
}

/** Linting of one file, cold and warm, at growing sizes; one JSON line each. */
export function benchLint(sizes: readonly number[] = [1, 30, 300]): void {
  for (const workloads of sizes) {
    const text = manifestOf(workloads);
    const times = Array.from({ length: 6 }, () => {
      const start = performance.now();
      lintText(text);
      return performance.now() - start;
    });
    const [first = 0, ...again] = times;
    const warm = again.sort((a, b) => a - b)[Math.floor(again.length / 2)] ?? 0;
    console.log(
      JSON.stringify({
        bench: 'lint',
        lines: text.split('\n').length,
        objects: workloads * 3,
        firstMs: Math.round(first),
        warmMs: Number(warm.toFixed(1)),
      }),
    );
  }
}
