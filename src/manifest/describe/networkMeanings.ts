/** What the fields about networking mean, in our words: `Type.field` and a text, one a line. */
export const networkMeanings = `
core.v1.Service.spec What the Service offers, and which pods stand behind it.
core.v1.ServiceSpec.type How the Service is reached. ClusterIP: by an address inside of the cluster. NodePort: also at a port of every node. LoadBalancer: also through a load balancer of the cloud. ExternalName: only a DNS alias of another name.
core.v1.ServiceSpec.selector The labels a pod must have to stand behind the Service: all of them. Without a selector the Service gets no endpoints by itself.
core.v1.ServiceSpec.ports The ports that clients connect to, and where in the pods each leads.
core.v1.ServiceSpec.clusterIP The virtual address of the Service. The cluster picks one; "None" makes the Service headless: its name then leads to the pods' own addresses.
core.v1.ServiceSpec.clusterIPs The virtual addresses, one for each IP family. The first is the same as clusterIP.
core.v1.ServiceSpec.externalName The DNS name that this Service stands for, as a CNAME. Nothing is proxied: ports and TLS names are those of the other side.
core.v1.ServiceSpec.externalIPs Addresses outside of the cluster's control whose traffic nodes take for this Service. Deprecated, and a risk: whoever sets them may take over traffic.
core.v1.ServiceSpec.sessionAffinity ClientIP sends one client's connections to the same pod for as long as sessionAffinityConfig says.
core.v1.ServiceSpec.sessionAffinityConfig For how long a client stays with its pod.
core.v1.ClientIPConfig.timeoutSeconds For how many seconds of silence a client stays with its pod.
core.v1.ServiceSpec.externalTrafficPolicy What a node does with traffic from outside. Cluster: any pod of any node may answer, and the client's address is lost. Local: only pods of this node answer, the client's address stays, and nodes without a pod drop the traffic.
core.v1.ServiceSpec.internalTrafficPolicy Local lets pods reach only endpoints of their own node; without one, the connection fails.
core.v1.ServiceSpec.trafficDistribution Which endpoints to prefer: those near by (PreferSameZone) or of the same node (PreferSameNode). A preference, not a rule.
core.v1.ServiceSpec.healthCheckNodePort The port of every node where a load balancer asks whether the node has a pod. Only with externalTrafficPolicy: Local.
core.v1.ServiceSpec.publishNotReadyAddresses Publishes pods that are not ready yet, too. For peers that must find each other before they are ready.
core.v1.ServiceSpec.ipFamilyPolicy Whether the Service has an address of one IP family, of both where the cluster can, or of both for sure.
core.v1.ServiceSpec.ipFamilies IPv4, IPv6 or both, in the order of clusterIPs.
core.v1.ServiceSpec.loadBalancerIP An address wished for the load balancer. Deprecated; many clouds ignore it.
core.v1.ServiceSpec.loadBalancerSourceRanges The blocks of addresses that may reach the load balancer. Empty: everybody.
core.v1.ServiceSpec.loadBalancerClass Which implementation of load balancers takes care of this Service. It cannot be changed later.
core.v1.ServiceSpec.allocateLoadBalancerNodePorts Whether a LoadBalancer gets node ports, too. Turn it off where the load balancer reaches pods directly.
core.v1.ServicePort.name The port's name, for Ingress backends and DNS SRV records. Needed as soon as there is more than one port.
core.v1.ServicePort.port The port that clients of the Service connect to. It need not be the container's port.
core.v1.ServicePort.targetPort The port of the pods that the traffic goes to: a number, or the name of a container port, which may be another number in each pod. Default: the same as port.
core.v1.ServicePort.nodePort The port of every node for this port, for types NodePort and LoadBalancer. Left out, the cluster picks a free one (30000–32767 unless it was told otherwise).
core.v1.ServicePort.protocol TCP, UDP or SCTP. A container port of another protocol is another port.
core.v1.ServicePort.appProtocol A remark for load balancers and meshes on what is spoken here, such as http or kubernetes.io/h2c.
core.v1.Container.ports The ports the container listens on. A list for readers and for names: a port that is not listed is reachable all the same.
core.v1.ContainerPort.containerPort The port the process in the container listens on. Containers of one pod share their ports.
core.v1.ContainerPort.name A name for the port that Services, probes and policies can use instead of the number: up to 15 of a–z, 0–9 and "-".
core.v1.ContainerPort.hostPort A port of the node that leads to this one. Only one such pod fits on a node; a Service is nearly always better.
core.v1.ContainerPort.hostIP The address of the node that hostPort is bound to.
core.v1.ContainerPort.protocol TCP, UDP or SCTP. Services and policies must name the same.
core.v1.PodSpec.hostNetwork The pod uses its node's network: the node's address, ports and DNS. Network policies mostly do not see it.
core.v1.PodSpec.hostname The pod's own host name, instead of its name.
core.v1.PodSpec.subdomain Gives the pod a DNS name HOSTNAME.SUBDOMAIN.NAMESPACE.svc, if a headless Service has this name.
core.v1.PodSpec.setHostnameAsFQDN Makes the host name the whole DNS name.
core.v1.PodSpec.hostAliases Lines for the containers' /etc/hosts.
core.v1.HostAlias.ip The address of the line in /etc/hosts.
core.v1.HostAlias.hostnames The names that lead to the address.
core.v1.PodSpec.dnsPolicy Whom the pod asks for names. ClusterFirst: the cluster's DNS. Default: as its node does. None: only what dnsConfig says. With hostNetwork, the cluster's DNS needs ClusterFirstWithHostNet.
core.v1.PodSpec.dnsConfig Name servers, search paths and options besides, or with dnsPolicy None instead of, what the policy gives.
core.v1.PodDNSConfig.nameservers Addresses of name servers, at most three.
core.v1.PodDNSConfig.searches Suffixes that are tried behind names with few dots.
core.v1.PodDNSConfig.options Options of resolv.conf, such as ndots.
core.v1.PodSpec.enableServiceLinks Variables such as WEB_SERVICE_HOST for every Service of the namespace. Many Services make many variables.
core.v1.Container.livenessProbe When it fails, the container is started anew.
core.v1.Container.readinessProbe While it fails, the pod gets no traffic from Services. It is not started anew.
core.v1.Container.startupProbe Until it succeeds, the other probes wait. For containers that start slowly.
core.v1.Probe.httpGet Asks by HTTP; 200 to 399 is a success.
core.v1.Probe.tcpSocket Opens a connection; when it opens, that is a success.
core.v1.Probe.exec Runs a command in the container; exit code 0 is a success.
core.v1.Probe.grpc Asks by the gRPC health protocol. The port is a number here.
core.v1.Probe.initialDelaySeconds How long after the container's start the first try is made.
core.v1.Probe.periodSeconds How often it tries.
core.v1.Probe.timeoutSeconds After how many seconds without an answer a try counts as failed.
core.v1.Probe.failureThreshold How many failures in a row it takes.
core.v1.Probe.successThreshold How many successes in a row it takes after a failure. 1 for liveness and startup.
core.v1.HTTPGetAction.port The container's port, by number or name. The kubelet asks at the pod's own address, not at localhost.
core.v1.HTTPGetAction.path The path to ask for.
core.v1.HTTPGetAction.scheme HTTP, or HTTPS without checking the certificate.
core.v1.HTTPGetAction.host Another host than the pod itself. Rarely right; set the Host header in httpHeaders instead.
core.v1.TCPSocketAction.port The container's port, by number or name.
core.v1.GRPCAction.port The container's port, as a number.
networking.v1.NetworkPolicy.spec Which pods the policy is about, and what may reach them or be reached by them.
networking.v1.NetworkPolicySpec.podSelector The pods that the policy is about, in its own namespace. {} means all of them.
networking.v1.NetworkPolicySpec.policyTypes The directions that the policy closes, before its rules open them again. Left out: Ingress, and Egress if there are egress rules.
networking.v1.NetworkPolicySpec.ingress What may come in: one matching rule is enough. An empty list lets nothing in, a rule {} lets all in.
networking.v1.NetworkPolicySpec.egress What may go out: one matching rule is enough. Remember DNS, port 53 by UDP and TCP.
networking.v1.NetworkPolicyIngressRule.from Who may come in; one matching peer is enough. Left out or empty: everybody.
networking.v1.NetworkPolicyIngressRule.ports At which ports of the pods. Left out or empty: all.
networking.v1.NetworkPolicyEgressRule.to Where the pods may go; one matching peer is enough. Left out or empty: anywhere.
networking.v1.NetworkPolicyEgressRule.ports To which ports of the destination. Left out or empty: all.
networking.v1.NetworkPolicyPeer.podSelector Pods with these labels: of the policy's namespace, or together with namespaceSelector of those namespaces. Two dashes make two peers, which is "or".
networking.v1.NetworkPolicyPeer.namespaceSelector Namespaces with these labels; {} means all. Every namespace has the label kubernetes.io/metadata.name.
networking.v1.NetworkPolicyPeer.ipBlock A block of addresses, meant for those outside of the cluster. Whether it matches pods depends on the network plugin.
networking.v1.IPBlock.cidr The block, such as 10.0.0.0/8, without bits behind its prefix.
networking.v1.IPBlock.except Smaller blocks inside of it that are left out.
networking.v1.NetworkPolicyPort.port The pod's port, by number or by the container port's name; never the Service's port.
networking.v1.NetworkPolicyPort.endPort The last port of a range that begins with port.
networking.v1.NetworkPolicyPort.protocol TCP, UDP or SCTP; TCP when left out.
networking.v1.IngressSpec.ingressClassName Which controller takes care of this Ingress: the name of an IngressClass. Left out, the default class does, if there is one.
networking.v1.IngressSpec.rules Which host and path leads to which Service.
networking.v1.IngressSpec.defaultBackend Where requests go that no rule matches.
networking.v1.IngressSpec.tls Which certificates to show for which hosts.
networking.v1.IngressRule.host The host name of the rule; "*.example.com" matches one label. Left out: every host.
networking.v1.HTTPIngressPath.path The path, beginning with "/". What it matches depends on pathType.
networking.v1.HTTPIngressPath.pathType Exact: this path only. Prefix: this path and all below, compared part by part. ImplementationSpecific: as the controller likes, for instance a regular expression.
networking.v1.HTTPIngressPath.backend Where the requests go.
networking.v1.IngressBackend.service The Service, of the Ingress's own namespace.
networking.v1.IngressServiceBackend.name The Service's name. It must be in the same namespace.
networking.v1.IngressServiceBackend.port The Service's port, by number or name: not the pod's.
networking.v1.ServiceBackendPort.number The number of the Service's port.
networking.v1.ServiceBackendPort.name The name of the Service's port, up to 15 characters.
networking.v1.IngressTLS.hosts The host names of the certificate.
networking.v1.IngressTLS.secretName The Secret of type kubernetes.io/tls with certificate and key, of the same namespace.
discovery.v1.EndpointSlice.addressType What addresses the slice holds: IPv4, IPv6 or FQDN.
discovery.v1.EndpointSlice.endpoints The addresses behind a Service. The Service is named by the label kubernetes.io/service-name.
discovery.v1.EndpointSlice.ports The ports of every endpoint in the slice. The name must be that of the Service's port.
discovery.v1.Endpoint.conditions Whether the endpoint is ready, serving, or going away.
apps.v1.StatefulSetSpec.serviceName The headless Service that gives each pod a DNS name of its own, such as db-0.NAME.NAMESPACE.svc. It is not made for you.
apps.v1.DeploymentSpec.selector Which pods belong to the Deployment. It must match the template's labels and cannot be changed later.
apps.v1.DeploymentSpec.template The pods to make. Services find them by its labels.
core.v1.PodSpec.serviceAccountName As whom the pod speaks to the API server.
meta.v1.LabelSelector.matchLabels Labels that must all be there.
meta.v1.LabelSelector.matchExpressions Conditions on labels that must all hold: In, NotIn, Exists, DoesNotExist. NotIn and DoesNotExist also match what lacks the label.
`;
