// SPDX-License-Identifier: Apache-2.0
/// The AWS provider: a Network Load Balancer for each group, through ELBv2.
@NullMarked
package dev.fairway.aws;

import org.jspecify.annotations.NullMarked;
