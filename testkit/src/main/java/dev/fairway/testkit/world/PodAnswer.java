// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a pod of the world answers to every HTTP request and every datagram.
///
/// @param client the source address that the pod saw
public record PodAnswer(String pod, String node, String client) {
  private static final Pattern SYNTAX = Pattern.compile("pod (\\S+) on (\\S+) sees (\\S+)\\s*");

  /// @throws IllegalArgumentException when no pod of ours answers so
  public static PodAnswer parse(String body) {
    Matcher matcher = SYNTAX.matcher(body);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + body + "' is no answer of a pod");
    }
    return new PodAnswer(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /// The body of the HTTP answer, or the datagram.
  public String text() {
    return "pod %s on %s sees %s\n".formatted(pod, node, client);
  }
}
