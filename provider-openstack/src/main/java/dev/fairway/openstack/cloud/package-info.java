// SPDX-License-Identifier: Apache-2.0
/// Reads and writes at OpenStack, remembers, and waits for others without a thread.
@NullMarked
package dev.fairway.openstack.cloud;

import org.jspecify.annotations.NullMarked;
