// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// A transport protocol that a Service port can have.
public enum Protocol {
  TCP,
  UDP,
  SCTP
}
