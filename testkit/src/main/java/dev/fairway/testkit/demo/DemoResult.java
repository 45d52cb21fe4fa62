// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

/// What the demo found out; printed as one JSON object with exactly these keys.
///
/// @param service namespace and name
/// @param ports as kubectl prints them, for example `8765:30123/TCP`
/// @param nodePortAnswers whether the node port answered on every node
/// @param secondsToAddress from the creation of the Service until its status had the address
/// @param failoverMillis from cutting the owner off until the first of ten answers in a row; null
///   when there was none
record DemoResult(
    String service,
    String externalIp,
    String ports,
    boolean vipAnswers,
    boolean vipAnswersThroughRouter,
    boolean nodePortAnswers,
    double secondsToAddress,
    @Nullable Long failoverMillis,
    String kubernetesVersion) {

  boolean allAnswered() {
    return vipAnswers && vipAnswersThroughRouter && nodePortAnswers && failoverMillis != null;
  }

  /// On one line.
  String json() {
    return Serialization.asJson(this);
  }
}
