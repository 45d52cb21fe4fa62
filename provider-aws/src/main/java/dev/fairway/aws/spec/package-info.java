// SPDX-License-Identifier: Apache-2.0
/// What the Services of a group ask for, in the words of ELBv2: annotations read and checked.
@NullMarked
package dev.fairway.aws.spec;

import org.jspecify.annotations.NullMarked;
