// SPDX-License-Identifier: Apache-2.0
/// Decides the steps: planner, actions, names and tags. Pure.
@NullMarked
package dev.fairway.openstack.plan;

import org.jspecify.annotations.NullMarked;
