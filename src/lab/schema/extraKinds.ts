/** Kinds the API serves besides the ones of kinds.ts, in the same form: events and virtual (never stored) kinds. */
export const extraKinds = `
@core.v1.Event gvk=/v1/Event
 action string
 apiVersion string
 count int32
 eventTime meta.v1.MicroTime
 firstTimestamp meta.v1.Time
 involvedObject! core.v1.ObjectReference default={}
 kind string
 lastTimestamp meta.v1.Time
 message string
 metadata! meta.v1.ObjectMeta default={}
 reason string
 related core.v1.ObjectReference
 reportingComponent string
 reportingInstance string
 series core.v1.EventSeries
 source core.v1.EventSource default={}
 type string
@core.v1.EventSeries
 count int32
 lastObservedTime meta.v1.MicroTime
@core.v1.EventSource
 component string
 host string
@events.v1.Event gvk=events.k8s.io/v1/Event
 action string
 apiVersion string
 deprecatedCount int32
 deprecatedFirstTimestamp meta.v1.Time
 deprecatedLastTimestamp meta.v1.Time
 deprecatedSource core.v1.EventSource default={}
 eventTime! meta.v1.MicroTime
 kind string
 metadata meta.v1.ObjectMeta default={}
 note string
 reason string
 regarding core.v1.ObjectReference default={}
 related core.v1.ObjectReference
 reportingController string
 reportingInstance string
 series events.v1.EventSeries
 type string
@events.v1.EventSeries
 count! int32
 lastObservedTime! meta.v1.MicroTime
@coordination.v1.Lease gvk=coordination.k8s.io/v1/Lease
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 spec coordination.v1.LeaseSpec default={}
@coordination.v1.LeaseSpec
 acquireTime meta.v1.MicroTime
 holderIdentity string
 leaseDurationSeconds int32
 leaseTransitions int32
 preferredHolder string
 renewTime meta.v1.MicroTime
 strategy string
@core.v1.Binding gvk=/v1/Binding
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 target! core.v1.ObjectReference default={}
@policy.v1.Eviction gvk=policy/v1/Eviction
 apiVersion string
 deleteOptions meta.v1.DeleteOptions
 kind string
 metadata meta.v1.ObjectMeta default={}
@meta.v1.DeleteOptions gvk=/v1/DeleteOptions
 apiVersion string
 dryRun []string
 gracePeriodSeconds int64
 ignoreStoreReadErrorWithClusterBreakingPotential boolean
 kind string
 orphanDependents boolean
 preconditions meta.v1.Preconditions
 propagationPolicy string
@meta.v1.Preconditions
 resourceVersion string
 uid string
@cilium.v2.CiliumNetworkPolicy gvk=cilium.io/v2/CiliumNetworkPolicy
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 spec any
@autoscaling.v1.Scale gvk=autoscaling/v1/Scale
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 spec autoscaling.v1.ScaleSpec default={}
 status autoscaling.v1.ScaleStatus default={}
@autoscaling.v1.ScaleSpec
 replicas int32
@autoscaling.v1.ScaleStatus
 replicas! int32 default=0
 selector string
@authorization.v1.SelfSubjectAccessReview gvk=authorization.k8s.io/v1/SelfSubjectAccessReview
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 spec! authorization.v1.SelfSubjectAccessReviewSpec default={}
 status authorization.v1.SubjectAccessReviewStatus default={}
@authorization.v1.SelfSubjectAccessReviewSpec
 nonResourceAttributes authorization.v1.NonResourceAttributes
 resourceAttributes authorization.v1.ResourceAttributes
@authorization.v1.NonResourceAttributes
 path string
 verb string
@authorization.v1.ResourceAttributes
 fieldSelector any
 group string
 labelSelector any
 name string
 namespace string
 resource string
 subresource string
 verb string
 version string
@authorization.v1.SubjectAccessReviewStatus
 allowed! boolean default=false
 denied boolean
 evaluationError string
 reason string
@authorization.v1.SelfSubjectRulesReview gvk=authorization.k8s.io/v1/SelfSubjectRulesReview
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 spec! authorization.v1.SelfSubjectRulesReviewSpec default={}
 status any
@authorization.v1.SelfSubjectRulesReviewSpec
 namespace string
@authentication.v1.SelfSubjectReview gvk=authentication.k8s.io/v1/SelfSubjectReview
 apiVersion string
 kind string
 metadata meta.v1.ObjectMeta default={}
 status any
`;
