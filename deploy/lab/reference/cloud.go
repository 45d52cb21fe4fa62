// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/sets"
)

// Speaks the line protocol of the simulated cloud, see dev.fairway.testkit.sim.remote.
type cloudClient struct {
	url  string
	http *http.Client
}

// What is there under one key.
type state struct {
	address   string            // empty: no load balancer
	listeners map[string]string // target group by frontend
	groups    map[string]sets.Set[string]
}

func (c cloudClient) describe(ctx context.Context, key string) (state, error) {
	return c.call(ctx, http.MethodGet, "/load-balancer", key, nil)
}

func (c cloudClient) call(ctx context.Context, method, path, key string, lines []string) (state, error) {
	address := c.url + path + "?key=" + url.QueryEscape(key)
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		return state{}, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return state{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		return state{}, fmt.Errorf("%s %s: %s: %s", method, path, response.Status, text)
	}
	return read(response.Body)
}

func read(body io.Reader) (state, error) {
	seen := state{listeners: map[string]string{}, groups: map[string]sets.Set[string]{}}
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch words[0] {
		case "address":
			seen.address = words[1]
		case "listener":
			seen.listeners[words[1]] = words[2]
		case "group":
			seen.groups[words[1]] = sets.New(words[2:]...)
		}
	}
	return seen, lines.Err()
}

// Actions one after the other, until one fails.
type sequence struct {
	ctx    context.Context
	client cloudClient
	key    string
	last   state
	err    error
}

func (c cloudClient) sequence(ctx context.Context, key string) *sequence {
	return &sequence{ctx: ctx, client: c, key: key}
}

func (s *sequence) apply(action string, arguments ...string) {
	if s.err == nil {
		s.last, s.err = s.client.call(s.ctx, http.MethodPost, "/actions/"+action, s.key, arguments)
	}
}

func (s *sequence) targets(group string, registered sets.Set[string], nodes []*v1.Node) {
	wanted := sets.New[string]()
	for _, node := range nodes {
		wanted.Insert(node.Name)
	}
	if gone := registered.Difference(wanted); gone.Len() > 0 {
		s.apply("DeregisterTargets", "group "+group, "nodes "+strings.Join(sets.List(gone), " "))
	}
	if joined := wanted.Difference(registered); joined.Len() > 0 {
		s.apply("RegisterTargets", "group "+group, "nodes "+strings.Join(sets.List(joined), " "))
	}
}

func sorted(names iter.Seq[string]) []string { return slices.Sorted(names) }
