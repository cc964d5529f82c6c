/** The lesson's lab: the pods, services and volumes that its text walks through, and a small shop beside them. */
import type { Scenario } from './scenario.ts';

const lessonManifests = `
# Containers of one pod share localhost.
apiVersion: v1
kind: Pod
metadata:
  name: testipod
spec:
  containers:
    - name: c00
      image: ubuntu
      command: ['/bin/bash', '-c', 'while true; do echo Hello-Bilal; sleep 5; done']
    - name: c01
      image: httpd
      ports:
        - containerPort: 80
---
# Two pods on different nodes reach each other by address.
apiVersion: v1
kind: Pod
metadata:
  name: testpod1
spec:
  nodeName: node1
  containers:
    - name: c01
      image: nginx
      ports:
        - containerPort: 80
---
apiVersion: v1
kind: Pod
metadata:
  name: testpod2
spec:
  nodeName: node2
  containers:
    - name: c02
      image: httpd
      ports:
        - containerPort: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mydeployments
spec:
  replicas: 1
  selector:
    matchLabels:
      name: deployment
  template:
    metadata:
      name: testpod2
      labels:
        name: deployment
    spec:
      containers:
        - name: c00
          image: httpd
          ports:
            - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: demoservice
spec:
  clusterIP: 10.96.4.5
  ports:
    - port: 80
      targetPort: 80
      nodePort: 31412
  selector:
    name: deployment
  type: NodePort
---
apiVersion: v1
kind: Service
metadata:
  name: headless
spec:
  clusterIP: None
  ports:
    - port: 80
  selector:
    name: deployment
---
# Selects no pod: what a mistyped selector looks like.
apiVersion: v1
kind: Service
metadata:
  name: lonely
spec:
  ports:
    - port: 80
  selector:
    name: deployments
---
# One volume, two containers, two paths.
apiVersion: v1
kind: Pod
metadata:
  name: myvolemptydir
spec:
  containers:
    - name: c1
      image: centos
      command: ['/bin/bash', '-c', 'sleep 15000']
      volumeMounts:
        - name: xchange
          mountPath: /tmp/xchange
    - name: c2
      image: centos
      command: ['/bin/bash', '-c', 'sleep 10000']
      volumeMounts:
        - name: xchange
          mountPath: /tmp/data
  volumes:
    - name: xchange
      emptyDir: {}
---
# No shell inside: how to look into it is a lesson of its own.
apiVersion: v1
kind: Pod
metadata:
  name: distroless
spec:
  containers:
    - name: app
      image: registry.k8s.io/e2e-test-images/agnhost:2.57
      args: [netexec, --http-port=8080]
`;

const shopManifests = `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: frontend-pages
  namespace: shop
data:
  index.html: |
    <html><body><h1>The shop</h1></body></html>
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
  namespace: shop
  labels: { app: frontend }
spec:
  replicas: 2
  selector: { matchLabels: { app: frontend } }
  template:
    metadata: { labels: { app: frontend, tier: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports: [{ name: http, containerPort: 80 }]
          readinessProbe: { httpGet: { path: /, port: http } }
          volumeMounts:
            - { name: pages, mountPath: /usr/share/nginx/html, readOnly: true }
      volumes:
        - name: pages
          configMap: { name: frontend-pages }
---
apiVersion: v1
kind: Service
metadata:
  name: frontend
  namespace: shop
spec:
  type: LoadBalancer
  selector: { app: frontend }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend
  namespace: shop
  labels: { app: backend }
spec:
  replicas: 2
  selector: { matchLabels: { app: backend } }
  template:
    metadata: { labels: { app: backend, tier: api } }
    spec:
      containers:
        - name: api
          image: httpd:2.4
          ports: [{ name: http, containerPort: 80 }]
---
apiVersion: v1
kind: Service
metadata:
  name: backend
  namespace: shop
spec:
  selector: { app: backend }
  ports: [{ name: http, port: 8080, targetPort: http }]
---
# A name for something outside of the cluster.
apiVersion: v1
kind: Service
metadata:
  name: payments
  namespace: shop
spec:
  type: ExternalName
  externalName: payments.example.com
---
# Only the frontend may talk to the backend.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: backend-from-frontend
  namespace: shop
spec:
  podSelector: { matchLabels: { app: backend } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: frontend } } }]
      ports: [{ protocol: TCP, port: 80 }]
`;

export const lesson: Scenario = {
  id: 'lesson',
  title: 'The lesson: containers, pods, services and volumes, where all is well.',
  ask: { from: 'pod/default/testpod1', to: 'svc/default/demoservice' },
  manifests: `${lessonManifests}---\n${shopManifests}`,
};
