// SPDX-License-Identifier: Apache-2.0
/// What is seen at OpenStack. Pure.
@NullMarked
package dev.fairway.openstack.model;

import org.jspecify.annotations.NullMarked;
