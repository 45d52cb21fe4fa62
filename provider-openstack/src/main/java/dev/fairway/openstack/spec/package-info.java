// SPDX-License-Identifier: Apache-2.0
/// What Services ask for, read from annotations and options. Pure.
@NullMarked
package dev.fairway.openstack.spec;

import org.jspecify.annotations.NullMarked;
