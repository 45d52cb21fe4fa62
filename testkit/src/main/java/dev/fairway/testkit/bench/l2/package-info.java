// SPDX-License-Identifier: Apache-2.0
/// `./fairway bench l2`: who answers for an address when nodes are lost, drained and come back, and
/// what a thousand addresses cost.
@NullMarked
package dev.fairway.testkit.bench.l2;

import org.jspecify.annotations.NullMarked;
