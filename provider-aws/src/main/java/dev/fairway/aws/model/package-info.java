// SPDX-License-Identifier: Apache-2.0
/// What is seen at AWS: load balancers, target groups, security groups, subnets.
@NullMarked
package dev.fairway.aws.model;

import org.jspecify.annotations.NullMarked;
