// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.regex.Pattern;

/// Hostnames of Network Load Balancers are `NAME.elb.REGION.amazonaws.com`; emulators write them as
/// those of other load balancers, `NAME.REGION.elb.amazonaws.com`, by which
/// aws-cloud-controller-manager takes them for such.
final class NetworkHostnames implements Rule {
  private static final Pattern OTHER =
      Pattern.compile("<DNSName>([^<.]*)\\.([a-z0-9-]+)\\.elb\\.amazonaws\\.com</DNSName>");

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    return call.service().equals(QueryCall.ELB)
        ? answer.withBody(
            OTHER.matcher(answer.body()).replaceAll("<DNSName>$1.elb.$2.amazonaws.com</DNSName>"))
        : answer;
  }
}
