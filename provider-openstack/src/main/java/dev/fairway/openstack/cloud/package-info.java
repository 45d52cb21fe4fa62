// SPDX-License-Identifier: Apache-2.0
/// Reads and writes at OpenStack, remembers, and waits for others without a thread for each.
@NullMarked
package dev.fairway.openstack.cloud;

import org.jspecify.annotations.NullMarked;
