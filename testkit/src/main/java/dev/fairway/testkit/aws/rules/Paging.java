// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// Describes answer in pages, of at most the size that the caller asks for and the account allows.
final class Paging implements Rule {
  private static final Map<String, String> LISTS =
      Map.of(
          "DescribeLoadBalancers", "LoadBalancers",
          "DescribeTargetGroups", "TargetGroups",
          "DescribeListeners", "Listeners");
  private static final int ALL = 400; // the most that AWS takes

  private final Conduct conduct;

  Paging(Conduct conduct) {
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var list = LISTS.get(call.action());
    if (list == null || !call.service().equals(QueryCall.ELB)) {
      return next.send(call);
    }
    var wanted = call.parameter("PageSize").map(Integer::parseInt).orElse(ALL);
    if (wanted < 1 || wanted > ALL) {
      return Answer.refused(
          call, "ValidationError", "Value '%d' at 'pageSize' must be 1 to 400".formatted(wanted));
    }
    var everything = everything(call.without("Marker").with("PageSize", "" + ALL), next, list);
    return everything.ok()
        ? page(
            everything,
            list,
            call.parameter("Marker"),
            Math.min(wanted, conduct.limits().pageSize()))
        : everything;
  }

  /// All pages of the backend in one answer.
  private static Answer everything(QueryCall call, Backend next, String list) {
    var answer = next.send(call);
    var marker = answer.text("NextMarker").filter(text -> !text.isEmpty());
    if (!answer.ok() || marker.isEmpty()) {
      return answer;
    }
    var rest = everything(call.with("Marker", marker.get()), next, list);
    if (!rest.ok()) {
      return rest;
    }
    var first = Xml.parse(answer.body());
    var all = Xml.find(first, list).orElseThrow();
    for (var member : Members.of(Xml.parse(rest.body()), list)) {
      all.appendChild(first.importNode(member, true));
    }
    Xml.find(first, "NextMarker").ifPresent(gone -> gone.getParentNode().removeChild(gone));
    return answer.withBody(Xml.write(first));
  }

  private static Answer page(Answer everything, String list, Optional<String> marker, int size) {
    var document = Xml.parse(everything.body());
    var members = Members.of(document, list);
    int from = marker.map(text -> start(text, members)).orElse(0);
    if (from == 0 && members.size() <= size) {
      return everything;
    }
    int to = Math.min(members.size(), from + size);
    var kept = members.subList(from, to);
    for (var member : members) {
      if (!kept.contains(member)) {
        member.getParentNode().removeChild(member);
      }
    }
    if (to < members.size()) {
      var result = (Element) Xml.find(document, list).orElseThrow().getParentNode();
      Xml.set(result, "NextMarker", marker(to, members.get(to - 1)));
    }
    return everything.withBody(Xml.write(document));
  }

  /// After the last one of the page before; where it stood, when it is gone.
  private static int start(String marker, List<Element> members) {
    var parts =
        new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8).split(" ", 2);
    var arns = new ArrayList<String>();
    members.forEach(member -> arns.add(arn(member)));
    int found = arns.indexOf(parts[1]);
    return found >= 0 ? found + 1 : Math.min(members.size(), Integer.parseInt(parts[0]));
  }

  private static String marker(int position, Element last) {
    return Base64.getEncoder()
        .encodeToString((position + " " + arn(last)).getBytes(StandardCharsets.UTF_8));
  }

  static String arn(Element member) {
    for (var name : List.of("ListenerArn", "TargetGroupArn", "LoadBalancerArn", "groupId")) {
      var arn = Xml.text(member, name);
      if (!arn.isEmpty()) {
        return arn;
      }
    }
    return "";
  }
}
