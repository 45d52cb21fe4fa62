// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	v1 "k8s.io/api/core/v1"
	cloudprovider "k8s.io/cloud-provider"
)

// Load balancers and nothing else.
type cloud struct{ balancers balancers }

func (cloud) Initialize(cloudprovider.ControllerClientBuilder, <-chan struct{}) {}
func (c cloud) LoadBalancer() (cloudprovider.LoadBalancer, bool)                { return c.balancers, true }
func (cloud) Instances() (cloudprovider.Instances, bool)                        { return nil, false }
func (cloud) InstancesV2() (cloudprovider.InstancesV2, bool)                    { return nil, false }
func (cloud) Zones() (cloudprovider.Zones, bool)                                { return nil, false }
func (cloud) Clusters() (cloudprovider.Clusters, bool)                          { return nil, false }
func (cloud) Routes() (cloudprovider.Routes, bool)                              { return nil, false }
func (cloud) ProviderName() string                                              { return "simulated" }
func (cloud) HasClusterID() bool                                                { return true }

// Takes the same steps in the same order as the provider that Fairway has for this cloud. Like those of real clouds, it
// remembers nothing and describes a load balancer before each change.
type balancers struct{ client cloudClient }

// A load balancer is there when the cloud knows its name: what may be left over of one is not asked for, as in real providers.
func (b balancers) GetLoadBalancer(ctx context.Context, _ string, service *v1.Service) (*v1.LoadBalancerStatus, bool, error) {
	seen, err := b.client.describe(ctx, key(service))
	if err != nil || seen.address == "" {
		return nil, false, err
	}
	return status(seen), true, nil
}

func (balancers) GetLoadBalancerName(_ context.Context, _ string, service *v1.Service) string {
	return cloudprovider.DefaultLoadBalancerName(service)
}

func (b balancers) EnsureLoadBalancer(ctx context.Context, _ string, service *v1.Service, nodes []*v1.Node) (*v1.LoadBalancerStatus, error) {
	key := key(service)
	seen, err := b.client.describe(ctx, key)
	if err != nil {
		return nil, err
	}
	wanted := wanted(service)
	do := b.client.sequence(ctx, key)
	for _, group := range sorted(maps.Values(wanted)) {
		if _, there := seen.groups[group]; !there {
			do.apply("CreateTargetGroup", "group "+group)
		}
		do.targets(group, seen.groups[group], nodes)
	}
	if seen.address == "" {
		do.apply("CreateLoadBalancer")
	}
	for _, frontend := range sorted(maps.Keys(wanted)) {
		group := wanted[frontend]
		switch seen.listeners[frontend] {
		case group:
		case "":
			do.apply("CreateListener", "frontend "+frontend, "group "+group)
		default:
			do.apply("PointListener", "frontend "+frontend, "group "+group)
		}
	}
	for _, frontend := range sorted(maps.Keys(seen.listeners)) {
		if _, keep := wanted[frontend]; !keep {
			do.apply("DeleteListener", "frontend "+frontend)
		}
	}
	for _, group := range sorted(maps.Keys(seen.groups)) {
		if !slices.Contains(slices.Collect(maps.Values(wanted)), group) {
			do.apply("DeleteTargetGroup", "group "+group)
		}
	}
	if do.err != nil {
		return nil, do.err
	}
	if do.last.address == "" { // nothing had to be done
		do.last = seen
	}
	return status(do.last), nil
}

func (b balancers) UpdateLoadBalancer(ctx context.Context, _ string, service *v1.Service, nodes []*v1.Node) error {
	key := key(service)
	seen, err := b.client.describe(ctx, key)
	if err != nil {
		return err
	}
	do := b.client.sequence(ctx, key)
	for _, group := range sorted(maps.Keys(seen.groups)) {
		do.targets(group, seen.groups[group], nodes)
	}
	return do.err
}

func (b balancers) EnsureLoadBalancerDeleted(ctx context.Context, _ string, service *v1.Service) error {
	key := key(service)
	seen, err := b.client.describe(ctx, key)
	if err != nil {
		return err
	}
	do := b.client.sequence(ctx, key)
	for _, frontend := range sorted(maps.Keys(seen.listeners)) {
		do.apply("DeleteListener", "frontend "+frontend)
	}
	if seen.address != "" {
		do.apply("DeleteLoadBalancer")
	}
	for _, group := range sorted(maps.Keys(seen.groups)) {
		do.apply("DeleteTargetGroup", "group "+group)
	}
	return do.err
}

func key(service *v1.Service) string { return service.Namespace + "/" + service.Name }

// wanted: target group by frontend, as in `TCP/80` and `TCP/80@30080`.
func wanted(service *v1.Service) map[string]string {
	groups := map[string]string{}
	for _, port := range service.Spec.Ports {
		frontend := fmt.Sprintf("%s/%d", port.Protocol, port.Port)
		groups[frontend] = fmt.Sprintf("%s@%d", frontend, port.NodePort)
	}
	return groups
}

func status(seen state) *v1.LoadBalancerStatus {
	mode := v1.LoadBalancerIPModeProxy
	return &v1.LoadBalancerStatus{Ingress: []v1.LoadBalancerIngress{{IP: seen.address, IPMode: &mode}}}
}
