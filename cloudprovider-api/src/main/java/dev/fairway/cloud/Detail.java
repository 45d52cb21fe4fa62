// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

/// One part of a load balancer and how it is, for people who ask why something does not work.
///
/// @param subject what it is, in the provider's own words, such as an address or a listener
/// @param text how it is, in one line; never contains a secret
public record Detail(String subject, State state, String text) {

  /// Whether it does what it is there for.
  public enum State {
    OK,
    /// Not yet; nothing is wrong.
    WAITING,
    /// It does not, and that will not change by itself soon.
    FAILING
  }
}
